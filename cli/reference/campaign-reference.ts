import { z } from 'zod';
import { campaign } from '../../contract/campaign';

interface Node {
  type?: string;
  const?: string;
  enum?: unknown[];
  default?: unknown;
  description?: string;
  properties?: Record<string, Node>;
  required?: string[];
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
}

/** docs/reference/campaign.md: every key of a campaign file, from the schema that checks it. */
export function campaignReference(): string {
  const root = z.toJSONSchema(campaign, { io: 'input' }) as Node;
  return [
    '# Campaign file',
    '',
    'Every key of a campaign file (YAML). Made from `contract/campaign.ts` by `npm run reference`; do not edit.',
    'A key that is not listed is an error. Paths are relative to the campaign file.',
    '',
    '| key | type | default | |',
    '|---|---|---|---|',
    ...rows('', root),
    '',
  ].join('\n');
}

function rows(path: string, node: Node): string[] {
  const required = new Set(node.required ?? []);
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return [row(name, child, required.has(key)), ...below(name, child)];
  });
}

function below(name: string, node: Node): string[] {
  if (node.type === 'array' && node.items) return below(`${name}[]`, node.items);
  const variants = (node.oneOf ?? node.anyOf ?? []).filter(({ properties }) => properties);
  if (variants.length > 0) return variants.flatMap((variant) => rows(`${name} (${tagOf(variant)})`, variant));
  return rows(name, node);
}

function tagOf({ properties }: Node): string {
  const tag = properties?.['type'] ?? properties?.['kind'];
  return tag?.const ?? 'object';
}

function row(name: string, node: Node, required: boolean): string {
  const fallback = required ? '**required**' : node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
  return `| \`${name}\` | ${typeOf(node)} | ${fallback} | ${(node.description ?? '').replaceAll('|', '\\|')} |`;
}

function typeOf(node: Node): string {
  if (node.const !== undefined) return `\`${node.const}\``;
  if (node.enum) return node.enum.map((value) => `\`${String(value)}\``).join(' or ');
  if (node.type === 'array') return `list of ${node.items ? typeOf(node.items) : 'values'}`;
  const variants = node.oneOf ?? node.anyOf;
  if (variants)
    return [...new Set(variants.map((variant) => (variant.properties ? tagOf(variant) : typeOf(variant))))].join(
      ' or ',
    );
  const low = node.minimum ?? node.exclusiveMinimum;
  const range = low !== undefined && low > -1e15 ? ` ${node.minimum === undefined ? '>' : '≥'} ${low}` : '';
  return `${node.type ?? 'any'}${range}`;
}
