import { z } from 'zod';
import { campaignFailure } from '../campaign-failure';
import { campaignPhase, campaignResult, campaignState, roundSummary } from '../campaign-run';
import { evaluationSummary } from '../evaluation';
import { costLedger } from '../cost-ledger';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

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

/** `laser run <file> --json` */
export const runOutput = z.strictObject({
  campaignId: z.string(),
  adapterFolder: z.string().nullable().describe('Folder of the trained adapter; null: nothing was trained.'),
  ledger: costLedger,
  ...campaignResult.shape,
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
    phase: campaignPhase,
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
