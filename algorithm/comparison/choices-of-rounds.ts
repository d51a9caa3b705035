import type { RoundRecord } from '../../contract/round-record';
import { categoryOfDecision } from './category-of-decision';

/** One choice of a reward model, and what it was worth to the bandit (0 to 1; null: nothing was said of it). */
export interface RewardedChoice {
  readonly category: string;
  readonly rewardModelId: string;
  readonly reward: number | null;
}

/** All choices of some rounds, in their order. */
export function choicesOfRounds(
  rounds: readonly Pick<RoundRecord, 'category' | 'decisions' | 'outcomes'>[],
  categoryOfPrompt: Readonly<Record<string, string>>,
): RewardedChoice[] {
  return rounds.flatMap((round) => {
    const rewards = new Map(round.outcomes.map(({ scope, reward }) => [scope, reward]));
    return round.decisions.map((decision) => ({
      category: categoryOfDecision(round, decision, categoryOfPrompt),
      rewardModelId: decision.rewardModelId,
      reward: rewards.get(decision.scope) ?? null,
    }));
  });
}
