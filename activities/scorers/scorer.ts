import type { ResolvedRewardModel, RewardModel } from '../../contract/reward-model';
import type { ModelServer } from '../../model-server';

export interface ScoredText {
  prompt: string;
  completion: string;
}

/** One kind of reward model: one finite score or null for every item, in order. Comparable within one RM and one prompt only. */
export type Scorer<Kind extends RewardModel['kind']> = (
  server: ModelServer,
  rewardModel: Extract<ResolvedRewardModel, { kind: Kind }>,
  items: readonly ScoredText[],
  signal: AbortSignal,
) => Promise<(number | null)[]>;
