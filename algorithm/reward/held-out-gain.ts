/** What was asked for one category's prompts, and how often, between two measurements. */
export interface Pulls {
  readonly category: string;
  readonly rewardModelId: string;
  readonly count: number;
}

export interface HeldOutGain {
  /** By reward model: the accuracy gain credited to it, −1 to 1. Over all reward models they sum to `total`. */
  readonly credit: Readonly<Record<string, number>>;
  /** By category and reward model: what each pull there is worth as bandit reward, in [0, 1]; 0.5 is no gain. */
  readonly banditRewards: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Mean gain over the categories that were trained on. */
  readonly total: number;
}

/**
 * Held-out accuracy gain as bandit reward. Accuracy is measured once an iteration and many pulls led to it, so the gain of
 * each category is split over the reward models asked there in proportion to their pulls, and every pull there gets the
 * category's gain g as reward (g + 1)/2. Gains of other categories do not count for a pull: they are not its doing.
 * Pulls of the same category cannot be told apart by one measurement; over iterations with other shares they can.
 * Throws when a category with pulls was not measured both times.
 */
export function heldOutGain(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  pulls: readonly Pulls[],
): HeldOutGain {
  const trained = [...new Set(pulls.filter(({ count }) => count > 0).map(({ category }) => category))];
  const gains = trained.map((category) => ({ category, gain: gainOf(category, before[category], after[category]) }));
  const credit: Record<string, number> = {};
  const banditRewards: Record<string, Record<string, number>> = {};
  for (const { category, gain } of gains) {
    const own = pulls.filter((pull) => pull.category === category && pull.count > 0);
    const all = own.reduce((sum, { count }) => sum + count, 0);
    for (const { rewardModelId, count } of own) {
      credit[rewardModelId] = (credit[rewardModelId] ?? 0) + (gain * count) / all / gains.length;
      banditRewards[category] = { ...banditRewards[category], [rewardModelId]: (gain + 1) / 2 };
    }
  }
  const total = gains.length === 0 ? 0 : gains.reduce((sum, { gain }) => sum + gain, 0) / gains.length;
  return { credit, banditRewards, total };
}

function gainOf(category: string, before: number | undefined, after: number | undefined): number {
  if (before !== undefined && after !== undefined && Math.abs(after - before) <= 1) return after - before;
  throw new Error(
    `heldOutGain: category '${category}' has accuracies ${before} and ${after}; measure it before and after, from 0 to 1.`,
  );
}
