import type { PickCounts } from '../../contract/campaign-run';
import type { RewardedChoice } from './choices-of-rounds';

/** Choices by category and reward model. */
export function countChoices(choices: readonly Pick<RewardedChoice, 'category' | 'rewardModelId'>[]): PickCounts {
  const counts: PickCounts = {};
  for (const { category, rewardModelId } of choices) {
    const known = (counts[category] ??= {});
    known[rewardModelId] = (known[rewardModelId] ?? 0) + 1;
  }
  return counts;
}
