import { z } from 'zod';
import { sha256Hex } from '../artifact';

const count = z.int().nonnegative();
const limit = count.nullable().describe('null: no limit.');
const side = z.strictObject({ prompts: count, categories: z.record(z.string(), count) });

/** `laser data prepare --json`, and the manifest.json beside what it wrote. */
export const preparedData = z.strictObject({
  set: z.string(),
  sources: z.array(
    z.strictObject({ from: z.string(), revision: z.string().nullable().describe('The hub’s commit; null for files.') }),
  ),
  files: z.array(z.strictObject({ name: z.string(), bytes: count, sha256: sha256Hex })).describe('What was read.'),
  settings: z.strictObject({
    seed: count,
    heldOutShare: z.number(),
    resplit: z.boolean(),
    sample: limit,
    limit,
    heldOutLimit: limit,
    perCategory: limit,
    subjects: z.boolean(),
    categoryField: z.string(),
    classifier: z.string().nullable(),
  }),
  split: z.enum(['public', 'hash']).describe('public: as the set’s own files have it.'),
  records: count,
  train: side,
  heldOut: side,
  dropped: z.record(z.string(), count).describe('Records that are in neither file, by the reason.'),
  outputs: z.record(z.string(), sha256Hex),
});
export type PreparedData = z.infer<typeof preparedData>;
