import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isMap, isScalar, isSeq, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { campaignSchema, tagOf, variantsOf, type SchemaNode } from '../reference/schema-node';
import { otherVariants, remark, unusedKeys } from './schema-comments';

/** Keys whose value is a path relative to the campaign file. */
const pathKeys = new Set([
  'policy.model',
  'data.train',
  'data.heldOut',
  'rewardModels.model',
  'rewardModels.reference.model',
]);

/**
 * A campaign file that says what each of its keys is, and shows the keys it does not use, commented out with their
 * defaults. The preset's own comments stay; its paths, relative to the folder `from`, are made relative to `to`.
 */
export function commentedCampaign(preset: string, from: string, to: string): string {
  const document = parseDocument(preset);
  if (!isMap(document.contents)) throw new TypeError('A preset is a mapping.');
  const first = document.contents.items[0]?.key;
  if (isScalar(first)) {
    document.commentBefore = first.commentBefore ?? null;
    delete first.commentBefore;
  }
  explain(document.contents, campaignSchema(), '');
  return `${document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd()}\n`;

  function explain(map: YAMLMap, schema: SchemaNode, path: string): void {
    const variant = variantOf(map, schema);
    const present = new Set<string>();
    map.flow = false;
    for (const { key, value } of map.items) {
      if (!isScalar<string>(key)) continue;
      present.add(key.value);
      const node = variant.properties?.[key.value];
      const place = path === '' ? key.value : `${path}.${key.value}`;
      if (!node) continue;
      if (isMap(value)) explain(value, node, place);
      else if (isSeq<YAMLMap>(value) && value.items.some(isMap)) {
        const [first, ...others] = value.items;
        value.flow = false;
        if (first) explain(first, node.items ?? {}, place);
        for (const item of others) {
          redirect(item.get('model', true), `${place}.model`);
          redirect(item.getIn(['reference', 'model'], true), `${place}.reference.model`);
        }
      } else {
        comment(key, remark(node.const === undefined ? node : { ...schema, properties: {} }));
        redirect(value, place);
      }
    }
    const unused = [...unusedKeys(variant, present), ...otherVariants(schema, variant)];
    if (unused.length > 0) map.comment = [...(map.comment ? [map.comment] : []), ...unused].join('\n');
  }

  function redirect(value: unknown, place: string): void {
    if (!pathKeys.has(place) || !isScalar<string>(value) || isAbsolute(value.value)) return;
    value.value = relative(to, resolve(from, value.value)).split(sep).join('/');
  }
}

/** The variant of a union that a mapping is; the schema itself where there is no union. */
function variantOf(map: YAMLMap, schema: SchemaNode): SchemaNode {
  const is = (variant: SchemaNode) => map.get(tagOf(variant).key) === tagOf(variant).value;
  return variantsOf(schema).find(is) ?? schema;
}

/** Puts lines above a key, below what stands there already. */
function comment(key: Scalar, lines: string[]): void {
  key.commentBefore = [...(key.commentBefore ? [key.commentBefore] : []), ...lines].join('\n');
}
