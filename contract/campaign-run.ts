import { z } from 'zod';
import { artifactRef, type ArtifactRef } from './artifact';
import type { Campaign } from './campaign';
import { campaignFailure } from './campaign-failure';
import { campaignEvent } from './campaign-event';
import { lineage, type CampaignStart } from './campaign-start';
import { spent } from './cost-ledger';
import { carriedEvaluations, evaluationComparison } from './evaluation';
import type { ResolvedEvaluation } from './evaluation-options';
import { policyVersion, type policyServing } from './policy';
import { resolvedRewardModel, type ResolvedRewardModel } from './reward-model';
import { adjustableSettings } from './steering';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** A campaign file with everything resolved: data in the store, weights named by what they are. */
export interface ResolvedCampaign extends Pick<
  Campaign,
  | 'name'
  | 'seed'
  | 'iterations'
  | 'roundsPerIteration'
  | 'promptBatchSize'
  | 'selection'
  | 'sampling'
  | 'pairing'
  | 'training'
  | 'banditReward'
  | 'approval'
  | 'durability'
  | 'prices'
  | 'budget'
> {
  serving: z.infer<typeof policyServing>;
  lora: Campaign['policy']['lora'];
  batching: Campaign['data']['batching'];
  /** File name of the training prompts, to find campaigns by. */
  dataset: string;
  trainPrompts: ArtifactRef;
  /** Prompts whose verified answers the bandit reward or its guard may look at; absent where none is needed. */
  goldenPrompts?: ArtifactRef;
  /** JSON lines of LabelledPreference that the selection learns from beforehand; absent where it learns nothing then. */
  labelledPreferences?: ArtifactRef;
  heldOutPrompts: ArtifactRef;
  rewardModels: ResolvedRewardModel[];
  evaluation: ResolvedEvaluation;
}

/** Wall-clock of each step when it was first done, seconds. */
export const stepSeconds = z.record(z.string(), z.number().nonnegative());
export type StepSeconds = z.infer<typeof stepSeconds>;

/** Rounds by category and reward model. */
export const pickCounts = z.record(z.string(), z.record(z.string(), z.int().positive()));
export type PickCounts = z.infer<typeof pickCounts>;

/** What one round came to, in small numbers; the round log has the rest. */
export const roundSummary = z.strictObject({
  iteration: count,
  round: count,
  category: z.string().nullable(),
  // Who was asked, and what came back.
  asked: z.array(z.strictObject({ rewardModelId: z.string(), scored: count, missing: count })),
  picks: pickCounts,
  // What the bandit did not know of each reward model when it chose.
  widths: z.record(z.string(), z.number().nullable()),
  banditReward: share.nullable().describe('null: the round gave no preference pairs.'),
  loss: z.number().nullable(),
  pairs: count,
  seconds: stepSeconds,
  // Steps of this round whose recorded result was used again.
  reusedSteps: count,
  spent,
});
export type RoundSummary = z.infer<typeof roundSummary>;

/** What one reward model came to so far. */
export const armTotals = z.strictObject({
  picks: z.int().nonnegative(),
  rewardedPicks: z.int().nonnegative(),
  rewardSum: z.number().nonnegative().describe('Of the bandit rewards, each in [0, 1].'),
  lastWidth: z.number().nullable().describe('What the bandit did not know of it at the newest decision.'),
  scored: z.int().nonnegative().describe('Completions with a finite score.'),
  missing: z.int().nonnegative().describe('Completions without one.'),
});
export type ArmTotals = z.infer<typeof armTotals>;

/** Sums over rounds that stay small however long the campaign is. */
export const roundTotals = z.strictObject({
  rounds: z.int().nonnegative(),
  skippedRounds: z.int().nonnegative(),
  reusedSteps: z.int().nonnegative(),
  picks: pickCounts,
  arms: z.record(z.string(), armTotals),
  seconds: stepSeconds,
  lastLoss: z.number().nullable().describe('Train loss of the newest round that trained.'),
  lastBanditReward: z.number().nullable(),
  spent: spent.default({ seconds: 0, tokens: 0, money: 0 }).describe('In rounds; evaluations are not counted.'),
});
export type RoundTotals = z.infer<typeof roundTotals>;

export const campaignPhase = z.enum([
  'preparing',
  'training',
  'publishing',
  'evaluating',
  'paused',
  'stopped',
  // A policy waits for `laser approve` before it is published.
  'awaitingApproval',
  'finished',
  'failed',
  // Finished, but significantly worse than it started, and gated: nothing goes on from it.
  'regressed',
]);
export type CampaignPhase = z.infer<typeof campaignPhase>;

/** A reward model as the campaign uses it now. masked: not asked until it is unmasked. removed: never asked again. */
const rewardModelState = z.strictObject({
  id: z.string(),
  kind: z.string(),
  status: z.enum(['active', 'masked', 'removed']),
});
export type RewardModelState = z.infer<typeof rewardModelState>;

/** Newest links of a campaign’s logs, and of its checkpoints, one an iteration; null before the first is in. */
const logs = {
  roundLog: artifactRef.nullable(),
  eventLog: artifactRef.nullable(),
  checkpoints: artifactRef.nullable(),
};

const carriedOptimizer = artifactRef
  .optional()
  .describe('Checkpoint of the newest training step, where the next iteration goes on with its AdamW moments.');

export const campaignState = z.strictObject({
  campaignId: z.string(),
  phase: campaignPhase,
  iteration: count.describe('Iterations that are done.'),
  // The iteration whose child workflow runs now.
  runningIteration: count.nullable(),
  iterations: count,
  roundsPerIteration: count,
  paused: z.boolean(),
  stopRequested: z.boolean(),
  policy: policyVersion.nullable(),
  banditLog: artifactRef.nullable(),
  ...carriedEvaluations,
  totals: roundTotals,
  ...logs,
  recentEvents: z.array(campaignEvent),
  settings: adjustableSettings,
  rewardModels: z.array(rewardModelState),
  // At the speed of its rounds so far; null while nothing can be said.
  expectedEnd: z.iso.datetime().nullable(),
  // Why the campaign failed; null as long as it has not.
  failure: campaignFailure.nullable(),
});
export type CampaignState = z.infer<typeof campaignState>;

export const campaignResult = z.strictObject({
  status: z.enum(['finished', 'stopped']),
  policy: policyVersion,
  banditLog: artifactRef,
  // What the contexts were scaled by; null unless they were centred.
  contextScaling: artifactRef.nullable(),
  // The run whose policy and bandit this one went on from.
  lineage: lineage.nullable(),
  ...carriedEvaluations,
  comparison: evaluationComparison.nullable(),
  budgetReached: z.boolean().describe('It stopped because its budget was spent.'),
  // The last policy is significantly worse than the first on the held-out prompts.
  regressed: z.boolean(),
  totals: roundTotals,
  carriedOptimizer,
  ...logs,
});
export type CampaignResult = z.infer<typeof campaignResult>;

export interface CampaignInput {
  campaignId: string;
  campaign: ResolvedCampaign;
  /** The Temporal namespace knows our search attributes, so the campaign writes them. */
  searchable: boolean;
  /** Absent: from the base model, with an empty bandit. */
  start?: CampaignStart;
  /** Mark the campaign if it regresses. */
  gate?: boolean;
  /** Set by continue-as-new. */
  progress?: CampaignProgress;
}

/** The reward models as they are used now: those of the file, changed by updates. */
export const rewardModelChanges = z.strictObject({
  added: z.array(resolvedRewardModel),
  removed: z.array(z.string()),
  masked: z.array(z.string()),
});
export type RewardModelChanges = z.infer<typeof rewardModelChanges>;

/** All that a campaign carries over the edge of an iteration. */
export const campaignProgress = z.strictObject({
  iteration: z.int().nonnegative(),
  policy: policyVersion,
  banditLog: artifactRef,
  contextScaling: artifactRef.nullable(),
  probes: z.array(z.array(z.int().nonnegative())),
  carriedOptimizer,
  ...carriedEvaluations,
  totals: roundTotals,
  ...logs,
  eventCount: count.default(0).describe('Events in the event log.'),
  recentEvents: z.array(campaignEvent),
  settings: adjustableSettings,
  rewardModelChanges,
  changes: z.int().nonnegative().describe('How often settings or reward models were changed.'),
  paused: z.boolean(),
  stopRequested: z.boolean(),
  relearn: z
    .literal(true)
    .optional()
    .describe('Before its next round the bandit begins anew, with what its selection learns of labelled preferences.'),
});
export type CampaignProgress = z.infer<typeof campaignProgress>;

/** One link of a campaign's checkpoints: what it carried over the edge of an iteration, and the checkpoint before. */
export const campaignCheckpoint = z.strictObject({ progress: campaignProgress, previous: artifactRef.nullable() });
export type CampaignCheckpoint = z.infer<typeof campaignCheckpoint>;
