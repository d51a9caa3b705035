import { z } from 'zod';
import { artifactRef, type ArtifactRef } from './artifact';
import type { Campaign } from './campaign';
import type { CampaignStart, Lineage } from './campaign-start';
import { type policyServing, type PolicyVersion } from './policy';
import type { ResolvedRewardModel } from './reward-model';

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
  | 'durability'
> {
  serving: z.infer<typeof policyServing>;
  lora: Campaign['policy']['lora'];
  batching: Campaign['data']['batching'];
  trainPrompts: ArtifactRef;
  heldOutPrompts: ArtifactRef;
  rewardModels: ResolvedRewardModel[];
}

/** What one round came to. Numbers only; everything large is in the store. */
export interface RoundSummary {
  iteration: number;
  round: number;
  category: string | null;
  rewardModelId: string;
  propensity: number;
  /** null where the round gave no preference pairs, so nothing was trained and the bandit learned nothing. */
  banditReward: number | null;
  loss: number | null;
  pairs: number;
  seconds: StepSeconds;
  /** Steps of this round whose recorded result was used again. */
  reusedSteps: number;
}

/** Wall-clock of each step when it was first done, seconds. */
export type StepSeconds = Record<string, number>;

/** Rounds by category and reward model. */
export type PickCounts = Record<string, Record<string, number>>;

/** Sums over rounds that stay small however long the campaign is. */
export interface RoundTotals {
  rounds: number;
  skippedRounds: number;
  reusedSteps: number;
  picks: PickCounts;
  seconds: StepSeconds;
}

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
  | 'finished'
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
  /** The last policy is significantly worse than the first on the held-out prompts. */
  regressed: boolean;
  totals: RoundTotals;
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

export interface CampaignProgress {
  iteration: number;
  policy: PolicyVersion;
  banditLog: ArtifactRef;
  contextScaling: ArtifactRef | null;
  probes: number[][];
  evaluations: EvaluationSummary[];
  totals: RoundTotals;
  paused: boolean;
  stopRequested: boolean;
}

export interface IterationInput {
  campaignId: string;
  campaign: ResolvedCampaign;
  iteration: number;
  /** π(m−1): generates, embeds and is the reference of the loss. */
  policy: PolicyVersion;
  banditLog: ArtifactRef;
  contextScaling: ArtifactRef | null;
  paused: boolean;
  /** Set by continue-as-new. */
  progress?: IterationProgress;
}

export interface IterationProgress {
  nextRound: number;
  promptBatches: ArtifactRef;
  adapter: ArtifactRef | null;
  checkpoint: ArtifactRef | null;
  banditLog: ArtifactRef;
  totals: RoundTotals;
  recentRounds: RoundSummary[];
  stopRequested: boolean;
}

export interface IterationResult {
  adapter: ArtifactRef | null;
  banditLog: ArtifactRef;
  totals: RoundTotals;
  stopped: boolean;
}
