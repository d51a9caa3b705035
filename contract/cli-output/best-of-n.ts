import { z } from 'zod';
import { bestOfNResult } from '../best-of-n-result';
import { bestOfNState } from '../best-of-n-run';
import { runStatus } from './campaign';

/** `laser best-of-n <file> --json` */
export const bestOfNOutput = z.strictObject({
  status: z.enum(['finished', 'stopped']),
  folder: z.string().describe('Where result.json and completions.jsonl are.'),
  result: bestOfNResult,
});
export type BestOfNOutput = z.infer<typeof bestOfNOutput>;

/** `laser status <best-of-n> --json` */
export const bestOfNStatusOutput = z.strictObject({
  bestOfN: z.string(),
  status: runStatus,
  state: bestOfNState.nullable().describe('null: no worker answers for it now.'),
});
export type BestOfNStatus = z.infer<typeof bestOfNStatusOutput>;
