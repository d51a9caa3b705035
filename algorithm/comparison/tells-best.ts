import type { OracleTable } from '../selection/oracle';
import { mean } from '../statistics/mean';
import type { RewardedChoice } from './choices-of-rounds';

/**
 * How well a bandit reward tells the best reward model of a category from the others: the chance that a choice of the best
 * (by `quality`) had a higher reward than a choice of another, ties half, as a mean over categories. 1: always; 0.5: the
 * reward says nothing; below: it misleads. It is the area under the ROC curve (Mann & Whitney 1947).
 * null: no category of the table has rewarded choices of both.
 */
export function tellsBest(choices: readonly RewardedChoice[], quality: OracleTable): number | null {
  const areas = Object.entries(quality).flatMap(([category, table]) => {
    const highest = Math.max(...Object.values(table));
    const rewardsOf = (best: boolean) =>
      choices.flatMap(({ category: own, rewardModelId, reward }) => {
        const value = table[rewardModelId];
        return own === category && value !== undefined && (value === highest) === best ? (reward ?? []) : [];
      });
    const others = rewardsOf(false);
    const wins = rewardsOf(true).flatMap((best) => others.map((other) => (1 + Math.sign(best - other)) / 2));
    return wins.length === 0 ? [] : [mean(wins)];
  });
  return areas.length === 0 ? null : mean(areas);
}
