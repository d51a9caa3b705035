export interface OwnBaselineOptions {
  /** Share of a new loss in the moving averages, in (0, 1]. 0.01 in BayesianRouter's code. */
  readonly decay: number;
  /** z is cut at ± this. 2 in the code. */
  readonly clip: number;
  /** Losses of a reward model before it gets its first reward. 4 in the code. */
  readonly warmUp: number;
}

export interface OwnBaselineReward {
  /** z, from −clip to clip; null while the reward model warms up: nothing is to be learned from the round. */
  readonly rawReward: number | null;
  /** (z/clip + 1)/2, in [0, 1]. */
  readonly banditReward: number | null;
}

/** Keeps the root of a variance that is 0 from dividing; from the code. */
const varianceFloor = 1e-6;

/**
 * The bandit reward that BayesianRouter's code gives (Wu & Lu 2025, arXiv 2510.02850): how far the loss is below what is usual
 * for the same reward model, in standard deviations,
 *
 *   z = (m − loss)/sqrt(v + 1e−6),   m and v moving mean and variance of that reward model's earlier losses
 *
 * It is here to compare with. A reward model's z is about 0 on average whatever its losses are, so the differences between
 * reward models are taken out and only what changes with the context stays; `driftRemovedLoss` keeps them.
 * `earlierLosses` are those of this reward model, in order. Throws on a loss that is not finite or options out of range.
 */
export function ownBaselineReward(
  earlierLosses: readonly number[],
  loss: number,
  { decay, clip, warmUp }: OwnBaselineOptions,
): OwnBaselineReward {
  if (!(decay > 0 && decay <= 1 && clip > 0 && Number.isInteger(warmUp) && warmUp >= 1)) {
    throw new Error(
      `ownBaselineReward: decay is ${decay}, clip ${clip} and warmUp ${warmUp}; give 0 < decay ≤ 1, clip > 0, warmUp ≥ 1.`,
    );
  }
  if (![...earlierLosses, loss].every(Number.isFinite)) {
    throw new Error('ownBaselineReward: a loss is not finite; leave out rounds without a finite loss.');
  }
  if (earlierLosses.length < warmUp) return { rawReward: null, banditReward: null };
  const averages = (values: readonly number[]) =>
    values.reduce((average, value) => (1 - decay) * average + decay * value);
  const usual = averages(earlierLosses);
  const variance = Math.max(0, averages(earlierLosses.map((each) => each * each)) - usual * usual);
  const z = (usual - loss) / Math.sqrt(variance + varianceFloor);
  const rawReward = Math.min(clip, Math.max(-clip, z));
  return { rawReward, banditReward: (rawReward / clip + 1) / 2 };
}
