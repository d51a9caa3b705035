import { stringify } from 'yaml';
import { tagOf, typeOf, variantsOf, type SchemaNode } from '../reference/schema-node';

/** Columns of a comment. */
const width = 100;

/** What a key is, as comment lines: its description, its type, its default. */
export function remark(node: SchemaNode): string[] {
  const fallback = node.default === undefined ? '' : `, default ${JSON.stringify(node.default)}`;
  const text = `${node.description ?? ''} (${typeOf(node, (word) => word)}${fallback})`.trim();
  return wrap(text).map((line) => ` ${line}`);
}

/** The keys of a mapping that a file does not use, commented out with their defaults. */
export function unusedKeys(schema: SchemaNode, present: ReadonlySet<string>): string[] {
  const unused = Object.entries(schema.properties ?? {}).filter(([name]) => !present.has(name));
  return unused.flatMap(([name, node]) => [...remarkOfUnused(node), ...settingOf(name, node)]);
}

/** What else a union may be, each with the keys that only it has. */
export function otherVariants(schema: SchemaNode, chosen: SchemaNode): string[] {
  return variantsOf(schema)
    .filter((variant) => variant !== chosen)
    .flatMap((variant) => {
      const { key, value } = tagOf(variant);
      const own = Object.entries(variant.properties ?? {}).filter(([name]) => !(name in (chosen.properties ?? {})));
      const head = ` or ${key}: ${value}${own.length > 0 ? ', with' : ''}`;
      return [head, ...own.flatMap(([name, node]) => [...remarkOfUnused(node), ...settingOf(name, node)])];
    });
}

/** A mapping's keys speak for themselves, and a default stands behind its key. */
function remarkOfUnused({ default: _, ...node }: SchemaNode): string[] {
  if (node.properties) return node.description === undefined ? [] : wrap(node.description).map((line) => ` ${line}`);
  return remark(node);
}

function settingOf(name: string, node: SchemaNode): string[] {
  const defaults = (node.default ?? {}) as Record<string, unknown>;
  const variants = variantsOf(node);
  const variant = variants.find((each) => defaults[tagOf(each).key] === tagOf(each).value) ?? variants[0];
  if (variant) {
    const { key, value } = tagOf(variant);
    const inner = [`${key}: ${value}`, ...unusedKeys(variant, new Set([key])), ...otherVariants(node, variant)];
    return [`${name}:`, ...inner.map(indent)];
  }
  if (node.properties) {
    const properties: Record<string, SchemaNode> = {};
    for (const [key, child] of Object.entries(node.properties)) {
      properties[key] = key in defaults ? { ...child, default: defaults[key] } : child;
    }
    return [`${name}:`, ...unusedKeys({ properties }, new Set()).map(indent)];
  }
  if (node.default === undefined) return [`${name}:`];
  return [`${name}: ${stringify(node.default, { lineWidth: 0, collectionStyle: 'flow' }).trimEnd()}`];
}

/** Of a commented line: the sign of the comment stays where it is. */
function indent(line: string): string {
  return line.startsWith(' ') ? `   #${line}` : `  ${line}`;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
