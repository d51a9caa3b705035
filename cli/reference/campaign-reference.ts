import { keyTable } from './key-table';
import { campaignSchema } from './schema-node';

/** docs/reference/campaign.md: every key of a campaign file, from the schema that checks it. */
export function campaignReference(): string {
  return [
    '# Campaign file',
    '',
    'Every key of a campaign file (YAML). Made from `contract/campaign.ts` by `npm run reference`; do not edit.',
    'A key that is not listed is an error. Paths are relative to the campaign file.',
    '',
    ...keyTable(campaignSchema()),
    '',
  ].join('\n');
}
