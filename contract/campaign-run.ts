import { z } from 'zod';
import { artifactRef, type ArtifactRef } from './artifact';
import type { Campaign } from './campaign';
import type { CampaignFailure } from './campaign-failure';
import { campaignEvent, type CampaignEvent } from './campaign-event';
import type { CampaignStart, Lineage } from './campaign-start';
import { spent, type Spent } from './cost-ledger';
import { policyVersion, type policyServing, type PolicyVersion } from './policy';
import { resolvedRewardModel, type ResolvedRewardModel } from './reward-model';
import { adjustableSettings, type AdjustableSettings } from './steering';

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
  | 'evaluation'
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
}

/** Wall-clock of each step when it was first done, seconds. */
export const stepSeconds = z.record(z.string(), z.number().nonnegative());
export type StepSeconds = z.infer<typeof stepSeconds>;

/** Rounds by category and reward model. */
export const pickCounts = z.record(z.string(), z.record(z.string(), z.int().positive()));
export type PickCounts = z.infer<typeof pickCounts>;

/** What one round came to, in small numbers; the round log has the rest. */
export interface RoundSummary {
  iteration: number;
  round: number;
  category: string | null;
  /** Who was asked, and what came back. */
  asked: { rewardModelId: string; scored: number; missing: number }[];
  /** Who was asked for what; 1 for each category that was among its prompts. */
  picks: PickCounts;
  /** What the bandit did not know of each reward model when it chose. */
  widths: Record<string, number | null>;
  /** null where the round gave no preference pairs, so nothing was trained and the bandit learned nothing. */
  banditReward: number | null;
  loss: number | null;
  pairs: number;
  seconds: StepSeconds;
  /** Steps of this round whose recorded result was used again. */
  reusedSteps: number;
  spent: Spent;
}

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

export const categoryAccuracy = z.strictObject({
  category: z.string(),
  correct: z.int().nonnegative(),
  total: z.int().positive(),
});
export type CategoryAccuracy = z.infer<typeof categoryAccuracy>;

/** Greedy accuracy of one policy version on the held-out prompts. */
export const evaluationSummary = z.strictObject({
  iteration: z.int().nonnegative(),
  outcomes: artifactRef.describe('JSON lines of { promptId, category, correct }.'),
  byCategory: z.array(categoryAccuracy),
  seconds: z.number().nonnegative(),
});
export type EvaluationSummary = z.infer<typeof evaluationSummary>;

export const evaluationOutcome = z.strictObject({
  promptId: z.string(),
  category: z.string(),
  correct: z.boolean(),
  text: z.string(),
});

/** Two policy versions on the same held-out prompts. */
export interface EvaluationComparison {
  rows: {
    category: string;
    total: number;
    before: Interval;
    after: Interval;
  }[];
  /** McNemar's exact two-sided p over all prompts. */
  pValue: number;
}

/** A share with its 95 % Wilson interval. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

export type CampaignPhase =
  | 'preparing'
  | 'training'
  | 'publishing'
  | 'evaluating'
  | 'paused'
  | 'stopped'
  /** A policy waits for `laser approve` before it is published. */
  | 'awaitingApproval'
  | 'finished'
  | 'failed'
  /** Finished, but significantly worse than it started, and gated: nothing goes on from it. */
  | 'regressed';

export interface CampaignState {
  campaignId: string;
  phase: CampaignPhase;
  /** Iterations that are done. */
  iteration: number;
  /** The iteration whose child workflow runs now. */
  runningIteration: number | null;
  iterations: number;
  roundsPerIteration: number;
  paused: boolean;
  stopRequested: boolean;
  policy: PolicyVersion | null;
  banditLog: ArtifactRef | null;
  evaluations: EvaluationSummary[];
  totals: RoundTotals;
  /** Newest link of the round log; null before the first round is in. */
  roundLog: ArtifactRef | null;
  /** Newest link of the event log. */
  eventLog: ArtifactRef | null;
  /** Newest link of the checkpoints, one an iteration. */
  checkpoints: ArtifactRef | null;
  recentEvents: CampaignEvent[];
  settings: AdjustableSettings;
  rewardModels: RewardModelState[];
  /** When the campaign will be over at the speed of its rounds so far; null while nothing can be said. */
  expectedEnd: string | null;
  /** Why the campaign failed; null as long as it has not. */
  failure: CampaignFailure | null;
}

/** A reward model as the campaign uses it now. */
export interface RewardModelState {
  id: string;
  kind: string;
  /** masked: not asked until it is unmasked. removed: never asked again. */
  status: 'active' | 'masked' | 'removed';
}

export interface CampaignResult {
  status: 'finished' | 'stopped';
  policy: PolicyVersion;
  banditLog: ArtifactRef;
  /** What the contexts were scaled by; null unless they were centred. */
  contextScaling: ArtifactRef | null;
  /** The run whose policy and bandit this one went on from. */
  lineage: Lineage | null;
  evaluations: EvaluationSummary[];
  comparison: EvaluationComparison | null;
  /** It stopped because its budget was spent; its last policy was measured. */
  budgetReached: boolean;
  /** The last policy is significantly worse than the first on the held-out prompts. */
  regressed: boolean;
  totals: RoundTotals;
  roundLog: ArtifactRef | null;
  eventLog: ArtifactRef | null;
  checkpoints: ArtifactRef | null;
}

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
  evaluations: z.array(evaluationSummary),
  totals: roundTotals,
  roundLog: artifactRef.nullable(),
  eventLog: artifactRef.nullable(),
  checkpoints: artifactRef.nullable(),
  recentEvents: z.array(campaignEvent),
  settings: adjustableSettings,
  rewardModelChanges,
  changes: z.int().nonnegative().describe('How often settings or reward models were changed.'),
  paused: z.boolean(),
  stopRequested: z.boolean(),
});
export type CampaignProgress = z.infer<typeof campaignProgress>;

/** One link of a campaign's checkpoints: what it carried over the edge of an iteration, and the checkpoint before. */
export const campaignCheckpoint = z.strictObject({ progress: campaignProgress, previous: artifactRef.nullable() });
export type CampaignCheckpoint = z.infer<typeof campaignCheckpoint>;

export interface IterationInput {
  campaignId: string;
  campaign: ResolvedCampaign;
  iteration: number;
  /** π(m−1): generates, embeds and is the reference of the loss. */
  policy: PolicyVersion;
  banditLog: ArtifactRef;
  contextScaling: ArtifactRef | null;
  roundLog: ArtifactRef | null;
  steering: IterationSteering;
  /** By the campaign before this iteration. */
  spent: Spent;
  /** Set by continue-as-new. */
  progress?: IterationProgress;
}

/** What people want of the iteration under way; it looks at the edge of every round. */
export interface IterationSteering {
  paused: boolean;
  stopRequested: boolean;
  settings: AdjustableSettings;
  rewardModelChanges: RewardModelChanges;
  /** Counts the changes of settings and reward models, so that the bandit is told of each once. */
  changes: number;
}

/** From an iteration to its campaign, at the edges of rounds. */
export interface IterationReport {
  iteration: number;
  totals: RoundTotals;
  roundLog: ArtifactRef;
  newest: RoundSummary;
  /** What the guard of the bandit reward found in the iteration so far, oldest first. */
  alarms: string[];
}

export interface IterationProgress {
  nextRound: number;
  promptBatches: ArtifactRef;
  adapter: ArtifactRef | null;
  checkpoint: ArtifactRef | null;
  banditLog: ArtifactRef;
  roundLog: ArtifactRef | null;
  totals: RoundTotals;
  recentRounds: RoundSummary[];
  /** `changes` that the bandit has been told of. */
  changesApplied: number;
  alarms: string[];
}

export interface IterationResult {
  adapter: ArtifactRef | null;
  banditLog: ArtifactRef;
  roundLog: ArtifactRef | null;
  totals: RoundTotals;
  alarms: string[];
  stopped: boolean;
}
