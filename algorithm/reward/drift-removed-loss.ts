import { mean } from '../statistics/mean';

/** One round's train loss, and where in the campaign it was. */
export interface LossAtPosition {
  readonly iteration: number;
  /** The round within its iteration. */
  readonly position: number;
  readonly loss: number;
}

export interface DriftRemovedLoss {
  /** Expected minus actual loss: above 0 where the round's pairs were learned better than rounds at this place are. Not yet in [0, 1]. */
  readonly rawReward: number;
  /** What the loss was expected to be, whichever reward model was asked. */
  readonly expected: number;
  readonly expectedFrom: 'earlierIterations' | 'roundBefore' | 'nothing';
}

/**
 * Minus the train loss without what it owes to its place in the campaign. The DPO term starts at log 2 in every iteration,
 * whatever the arm, because reference and policy are equal there, and falls as the policy moves away; the NLL term falls
 * from iteration to iteration. Both make minus the loss favour whoever was asked late. The model is additive:
 *
 *   loss = iteration + position + reward model + noise,   expected = b(position) + o(iteration)
 *
 * b is the mean loss at that position in earlier iterations; o the mean of loss − b over the earlier rounds of this one
 * (0 in its first). Both are means over all reward models, so differences between them stay, unlike with a baseline for each
 * (BayesianRouter's, which removes just those). Only the past is looked at, so the reward is known when the round ends.
 * A position that no earlier iteration reached is expected to repeat the round before it; the very first, itself: reward 0.
 * Scale it to [0, 1] with `normaliseReward`.
 */
export function driftRemovedLoss(earlier: readonly LossAtPosition[], current: LossAtPosition): DriftRemovedLoss {
  const { iteration, position, loss } = current;
  if (!Number.isFinite(loss)) {
    throw new Error(`driftRemovedLoss: the loss is ${loss}; leave out rounds without a finite loss.`);
  }
  const past = earlier.filter((round) => round.iteration < iteration);
  const sameIteration = earlier.filter((round) => round.iteration === iteration && round.position < position);
  const atPosition = (wanted: number) => past.filter((round) => round.position === wanted).map((round) => round.loss);

  const here = atPosition(position);
  if (here.length > 0) {
    const offsets = sameIteration.flatMap((round) => {
      const usual = atPosition(round.position);
      return usual.length === 0 ? [] : [round.loss - mean(usual)];
    });
    const expected = mean(here) + (offsets.length === 0 ? 0 : mean(offsets));
    return { rawReward: expected - loss, expected, expectedFrom: 'earlierIterations' };
  }
  const before = sameIteration.reduce<LossAtPosition | null>(
    (latest, round) => (latest === null || round.position > latest.position ? round : latest),
    null,
  );
  if (before === null) return { rawReward: 0, expected: loss, expectedFrom: 'nothing' };
  return { rawReward: before.loss - loss, expected: before.loss, expectedFrom: 'roundBefore' };
}
