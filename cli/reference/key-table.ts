import { tagOf, typeOf, variantsOf, type SchemaNode } from './schema-node';

/** A Markdown table of every key of a schema, with those of its variants. */
export function keyTable(root: SchemaNode): string[] {
  return ['| key | type | default | |', '|---|---|---|---|', ...rows('', root)];
}

function rows(path: string, node: SchemaNode): string[] {
  const required = new Set(node.required ?? []);
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return [row(name, child, required.has(key)), ...below(name, child)];
  });
}

function below(name: string, node: SchemaNode): string[] {
  if (node.$comment !== undefined) return [];
  if (node.type === 'array' && node.items) return below(`${name}[]`, node.items);
  const variants = variantsOf(node);
  if (variants.length > 0) return variants.flatMap((variant) => rows(`${name} (${tagOf(variant).value})`, variant));
  return rows(name, node);
}

function row(name: string, node: SchemaNode, required: boolean): string {
  const fallback = required ? '**required**' : node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
  const type = typeOf(node, (word) => `\`${word}\``);
  return `| \`${name}\` | ${type} | ${fallback} | ${(node.description ?? '').replaceAll('|', '\\|')} |`;
}
