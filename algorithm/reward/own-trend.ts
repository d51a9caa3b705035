export interface OwnTrendOptions {
  /** a in (0, 1]: weight of the newest loss in the moving averages. */
  readonly decay: number;
  /** z > 0: standard deviations beyond which nothing more is counted. */
  readonly clip: number;
}

export interface OwnTrend {
  /** Clipped z-score, −clip to clip; above 0 where the loss was lower than is usual for this reward model. */
  readonly rawReward: number;
  /** (z/clip + 1)/2, in [0, 1]. */
  readonly banditReward: number;
}

const smallestVariance = 1e-6;

/**
 * BayesianRouter's reward (Wu & Lu 2025, arXiv 2510.02850, by its code): how far a loss lies below the moving average m of
 * the losses of the same reward model,
 *
 *   z = (m − loss)/sqrt(s − m² + ε), clipped,   then m ← (1 − a)m + a·loss,   s ← (1 − a)s + a·loss²
 *
 * What differs between reward models is in their averages, and so is taken out: what is left are trends. `driftRemovedLoss`
 * keeps the differences. The first loss of a reward model has nothing to be compared with: z = 0.
 * @param earlier losses of the same reward model, oldest first, nats.
 */
export function ownTrend(earlier: readonly number[], loss: number, { decay, clip }: OwnTrendOptions): OwnTrend {
  if (!Number.isFinite(loss)) throw new Error(`ownTrend: the loss is ${loss}; leave out rounds without a finite loss.`);
  const [first, ...others] = earlier;
  if (first === undefined) return { rawReward: 0, banditReward: 0.5 };
  let mean = first;
  let square = first * first;
  for (const other of others) {
    mean += decay * (other - mean);
    square += decay * (other * other - square);
  }
  const deviation = Math.sqrt(Math.max(0, square - mean * mean) + smallestVariance);
  const rawReward = Math.max(-clip, Math.min(clip, (mean - loss) / deviation));
  return { rawReward, banditReward: (rawReward / clip + 1) / 2 };
}
