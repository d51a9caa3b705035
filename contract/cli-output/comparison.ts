import { z } from 'zod';
import { comparedRun } from '../comparison-run';
import { comparisonResult } from '../comparison-result';
import { runStatus } from './campaign';

const count = z.int().nonnegative();

export const sharedSteps = z.strictObject({
  step: z.string(),
  asked: count.describe('How often the campaigns ask for it.'),
  shared: count.describe('Of these, how many have certainly been done by then.'),
});
export type SharedSteps = z.infer<typeof sharedSteps>;

/** `laser compare <file> --json` */
export const compareOutput = z.strictObject({
  status: z.enum(['finished', 'stopped']),
  folder: z.string().describe('Where result.json, result.md and result.html are.'),
  result: comparisonResult,
});
export type CompareOutput = z.infer<typeof compareOutput>;

/** `laser status <comparison> --json` */
export const comparisonStatusOutput = z.strictObject({
  comparison: z.string(),
  status: runStatus,
  runs: z.array(comparedRun).nullable().describe('null: no worker answers for it now.'),
});
export type ComparisonStatus = z.infer<typeof comparisonStatusOutput>;

/** `laser compare <file> --dry-run --json` */
export const compareDryRunOutput = z.strictObject({
  comparison: z.string(),
  reference: z.string(),
  campaigns: z.array(z.strictObject({ campaignId: z.string(), strategy: z.string(), seed: count })),
  rounds: count.describe('Over all campaigns.'),
  steps: z.array(sharedSteps),
});
export type CompareDryRun = z.infer<typeof compareDryRunOutput>;
