import { mean } from '../statistics/mean';

/** One pair that was kept out of the training step: its preference loss (nats) under the policy before and after it. */
export interface UnseenPairLoss {
  readonly before: number;
  readonly after: number;
}

export interface LossFall {
  /** Mean of before − after, nats. Above 0: what the step learned holds for pairs it has not seen. Not yet in [0, 1]. */
  readonly rawReward: number;
  /** Of that mean; null for a single pair. */
  readonly standardError: number | null;
  readonly pairs: number;
}

/**
 * How far the loss falls on pairs of the same reward model that the step did not train on: a consistent preference
 * generalises, noise does not. It needs no labels, and sees no difference between a rule that is right and one that is
 * consistently wrong; `updateGuard` is for that. null without pairs. Throws on a loss that is not finite.
 */
export function heldOutLossFall(pairs: readonly UnseenPairLoss[]): LossFall | null {
  if (pairs.length === 0) return null;
  const falls = pairs.map(({ before, after }) => before - after);
  if (!falls.every(Number.isFinite)) {
    throw new Error('heldOutLossFall: a loss is not finite; leave out rounds without finite losses.');
  }
  const rawReward = mean(falls);
  const squares = falls.reduce((sum, fall) => sum + (fall - rawReward) ** 2, 0);
  const standardError = falls.length === 1 ? null : Math.sqrt(squares / falls.length / (falls.length - 1));
  return { rawReward, standardError, pairs: falls.length };
}
