import { z } from 'zod';
import { bestOfN } from '../../contract/best-of-n';
import { keyTable } from './key-table';
import type { SchemaNode } from './schema-node';

/** docs/reference/best-of-n.md: every key of a best-of-n file, from the schema that checks it. */
export function bestOfNReference(): string {
  return [
    '# Best-of-n file',
    '',
    'Every key of a best-of-n file (YAML), for `laser best-of-n`. Made from `contract/best-of-n.ts` by `npm run reference`;',
    'do not edit. A key that is not listed is an error.',
    '',
    ...keyTable(z.toJSONSchema(bestOfN, { io: 'input' }) as SchemaNode),
    '',
    'Changes have the keys of a [campaign file](campaign.md), and paths in them are relative to that file. Choices are made',
    'for each prompt unless `changes.selection.granularity` says otherwise. `durability.prefetchRounds` and `roundsPerRun`',
    'count chunks here.',
    '',
    '```yaml',
    'name: answers',
    'campaign: campaign.yaml',
    'changes: { sampling: { completionsPerPrompt: 8 } }',
    'learn: { prompts: labelled.jsonl, limit: 200 }',
    'test: { prompts: questions.jsonl }',
    '```',
    '',
    'Results: `result.json` as [its schema](../../contract/json-schema/best-of-n-result.json) says, and `completions.jsonl`, of',
    'which each line is [one prompt with its completion](../../contract/json-schema/best-of-n-line.json).',
    '',
  ].join('\n');
}
