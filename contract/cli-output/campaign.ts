import { z } from 'zod';
import { artifactRef } from '../artifact';
import { campaignEvent } from '../campaign-event';
import { campaignFailure } from '../campaign-failure';
import {
  evaluationSummary,
  pickCounts,
  roundTotals,
  stepSeconds,
  type CampaignResult,
  type CampaignState,
  type EvaluationComparison,
  type RoundSummary,
} from '../campaign-run';
import { costLedger, spent } from '../cost-ledger';
import { policyVersion } from '../policy';
import { adjustableSettings } from '../steering';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const interval = z.strictObject({ value: share, low: share, high: share });

/** How a campaign run stands in Temporal. */
export const runStatus = z.enum([
  'running',
  'completed',
  'failed',
  'cancelled',
  'terminated',
  'timed_out',
  'continued_as_new',
  'paused',
  'unspecified',
  'unknown',
]);
export type RunStatus = z.infer<typeof runStatus>;

const phase = z.enum([
  'preparing',
  'training',
  'publishing',
  'evaluating',
  'paused',
  'stopped',
  'awaitingApproval',
  'finished',
  'failed',
  'regressed',
]);

const comparison: z.ZodType<EvaluationComparison> = z.strictObject({
  rows: z.array(z.strictObject({ category: z.string(), total: count, before: interval, after: interval })),
  pValue: share.describe('McNemar’s exact two-sided p over all held-out prompts.'),
});

export const roundSummary: z.ZodType<RoundSummary> = z.strictObject({
  iteration: count,
  round: count,
  category: z.string().nullable(),
  asked: z.array(z.strictObject({ rewardModelId: z.string(), scored: count, missing: count })),
  picks: pickCounts,
  widths: z.record(z.string(), z.number().nullable()),
  banditReward: share.nullable().describe('null: the round gave no preference pairs.'),
  loss: z.number().nullable(),
  pairs: count,
  seconds: stepSeconds,
  reusedSteps: count,
  spent,
});

export const campaignState: z.ZodType<CampaignState> = z.strictObject({
  campaignId: z.string(),
  phase,
  iteration: count.describe('Iterations that are done.'),
  runningIteration: count.nullable(),
  iterations: count,
  roundsPerIteration: count,
  paused: z.boolean(),
  stopRequested: z.boolean(),
  policy: policyVersion.nullable(),
  banditLog: artifactRef.nullable(),
  evaluations: z.array(evaluationSummary),
  totals: roundTotals,
  roundLog: artifactRef.nullable(),
  eventLog: artifactRef.nullable(),
  checkpoints: artifactRef.nullable(),
  recentEvents: z.array(campaignEvent),
  settings: adjustableSettings,
  rewardModels: z.array(
    z.strictObject({ id: z.string(), kind: z.string(), status: z.enum(['active', 'masked', 'removed']) }),
  ),
  expectedEnd: z.iso.datetime().nullable(),
  failure: campaignFailure.nullable(),
});

const resultShape = {
  status: z.enum(['finished', 'stopped']),
  policy: policyVersion,
  banditLog: artifactRef,
  contextScaling: artifactRef.nullable(),
  lineage: z.strictObject({ campaignId: z.string(), runId: z.string() }).nullable(),
  evaluations: z.array(evaluationSummary),
  comparison: comparison.nullable(),
  budgetReached: z.boolean().describe('It stopped because its budget was spent.'),
  regressed: z.boolean(),
  totals: roundTotals,
  roundLog: artifactRef.nullable(),
  eventLog: artifactRef.nullable(),
  checkpoints: artifactRef.nullable(),
};
export const campaignResult: z.ZodType<CampaignResult> = z.strictObject(resultShape);

/** `laser run <file> --json` */
export const runOutput = z.strictObject({
  campaignId: z.string(),
  adapterFolder: z.string().nullable().describe('Folder of the trained adapter; null: nothing was trained.'),
  ledger: costLedger,
  ...resultShape,
});

/** `laser status <campaign> --json` */
export const statusOutput = z.strictObject({
  campaignId: z.string(),
  status: runStatus,
  state: campaignState.nullable().describe('null: the campaign is over, or no worker answers for it.'),
  result: campaignResult.nullable().describe('null until it is over.'),
  failure: campaignFailure.nullable().describe('null unless it failed.'),
  ledger: costLedger.nullable().describe('What it cost so far. null: its rounds are not in the store of this machine.'),
});
export type StatusOutput = z.infer<typeof statusOutput>;

/** `laser status --json`: newest first. */
export const campaignListOutput = z.array(
  z.strictObject({
    campaignId: z.string(),
    runId: z.string(),
    status: runStatus,
    phase: z.string().nullable().describe('null where the cluster keeps no search attributes.'),
    iteration: count.nullable(),
    rounds: count.nullable(),
    accuracy: share.nullable().describe('Newest held-out accuracy.'),
    selection: z.string().nullable(),
    rewardModels: z.array(z.string()),
    started: z.iso.datetime(),
    ended: z.iso.datetime().nullable(),
  }),
);
export type CampaignList = z.infer<typeof campaignListOutput>;

/** One line of `laser watch <campaign> --json`. */
export const watchLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('round'), roundsPerIteration: count, round: roundSummary }),
  z.strictObject({ type: z.literal('evaluation'), evaluation: evaluationSummary }),
  z.strictObject({
    type: z.literal('progress'),
    phase,
    rounds: count.describe('Rounds trained so far.'),
    ofRounds: count,
    expectedEnd: z.iso.datetime().nullable(),
  }),
  z.strictObject({
    type: z.literal('end'),
    result: campaignResult.nullable().describe('null: the campaign failed; exit code 1, and why on stderr.'),
  }),
]);
export type WatchLine = z.infer<typeof watchLine>;
