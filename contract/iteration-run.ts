import type { ArtifactRef } from './artifact';
import type { ResolvedCampaign, RewardModelChanges, RoundSummary, RoundTotals } from './campaign-run';
import type { Spent } from './cost-ledger';
import type { PolicyVersion } from './policy';
import type { AdjustableSettings } from './steering';

export interface IterationInput {
  campaignId: string;
  campaign: ResolvedCampaign;
  iteration: number;
  /** π(m−1): generates, embeds and is the reference of the loss. */
  policy: PolicyVersion;
  banditLog: ArtifactRef;
  contextScaling: ArtifactRef | null;
  roundLog: ArtifactRef | null;
  /** Checkpoint whose AdamW moments the first step goes on with; absent: a fresh optimiser. */
  carriedOptimizer?: ArtifactRef;
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
  /** Of the newest training step; null where nothing was trained. */
  checkpoint: ArtifactRef | null;
  banditLog: ArtifactRef;
  roundLog: ArtifactRef | null;
  totals: RoundTotals;
  alarms: string[];
  stopped: boolean;
}
