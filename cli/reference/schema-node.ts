import { z } from 'zod';
import { campaign } from '../../contract/campaign';

/** What is read of a JSON Schema. */
export interface SchemaNode {
  type?: string;
  const?: string;
  enum?: unknown[];
  default?: unknown;
  description?: string;
  /** Says whose keys it has, where they stand in the table already. */
  $comment?: string;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
}

/** The schema of a campaign file, before defaults are filled in. */
export function campaignSchema(): SchemaNode {
  return z.toJSONSchema(campaign, { io: 'input' }) as SchemaNode;
}

/** The variants of a union of objects; none for anything else. */
export function variantsOf({ oneOf, anyOf }: SchemaNode): SchemaNode[] {
  return (oneOf ?? anyOf ?? []).filter(({ properties }) => properties);
}

/** The key by which a variant is known, and its value there. */
export function tagOf({ properties }: SchemaNode): { key: string; value: string } {
  const [key, node] = Object.entries(properties ?? {}).find(([, { const: value }]) => value !== undefined) ?? [];
  return { key: key ?? 'type', value: node?.const ?? 'object' };
}

/** `number > 0`, `text or chat`, `list of string`, … */
export function typeOf(node: SchemaNode, quote: (word: string) => string): string {
  if (node.const !== undefined) return quote(node.const);
  if (node.enum) return node.enum.map((value) => quote(String(value))).join(' or ');
  if (node.type === 'array') return `list of ${node.items ? typeOf(node.items, quote) : 'values'}`;
  const variants = node.oneOf ?? node.anyOf;
  if (variants) {
    const names = variants.map((variant) => (variant.properties ? tagOf(variant).value : typeOf(variant, quote)));
    return [...new Set(names)].join(' or ');
  }
  const low = node.minimum ?? node.exclusiveMinimum;
  const range = low !== undefined && low > -1e15 ? ` ${node.minimum === undefined ? '>' : '≥'} ${low}` : '';
  return `${node.type ?? 'any'}${range}`;
}
