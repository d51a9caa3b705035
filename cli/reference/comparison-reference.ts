import { z } from 'zod';
import { comparison } from '../../contract/comparison';
import { keyTable } from './key-table';
import type { SchemaNode } from './schema-node';

/** docs/reference/comparison.md: every key of a comparison file, from the schema that checks it. */
export function comparisonReference(): string {
  return [
    '# Comparison file',
    '',
    'Every key of a comparison file (YAML), for `laser compare`. Made from `contract/comparison.ts` by `npm run reference`;',
    'do not edit. A key that is not listed is an error.',
    '',
    ...keyTable(z.toJSONSchema(comparison, { io: 'input' }) as SchemaNode),
    '',
    'Changes have the keys of a [campaign file](campaign.md). They are laid over the base key by key. A list replaces the',
    'list, and a mapping that names another `type` or `kind` replaces the whole mapping. Paths in them are relative to the',
    'base. `name` and `seed` are the comparison’s own.',
    '',
    '```yaml',
    'name: two-ways',
    'base: campaign.yaml',
    'reference: laser',
    'seeds: [1, 2, 3, 4, 5]',
    'strategies:',
    '  - name: laser',
    '  - name: random',
    '    changes: { selection: { type: random } }',
    '```',
    '',
    'Results: `result.md`, `result.html` with plots, and `result.json` as [its schema](../../contract/json-schema/comparison-result.json) says.',
    '',
  ].join('\n');
}
