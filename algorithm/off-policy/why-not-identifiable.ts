import type { ArmId } from '../bandit';
import type { LoggedChoice } from './logged-choice';

export interface Unanswerable {
  /** `notIdentifiable`: no amount of such data answers it. `tooLittleData`: more rounds of the same kind would. */
  readonly status: 'notIdentifiable' | 'tooLittleData';
  readonly arm: ArmId;
  /** For a person: what is missing, and what to do. */
  readonly reason: string;
}

/** Below this effective sample size the intervals were not seen to cover what they claim. */
const leastEffectiveSampleSize = 5;

/**
 * Why the log cannot say what "always this arm" is worth; null when it can. Inverse propensities need P(arm) > 0 in every
 * round (positivity). A round in which another arm was certain had P(arm) = 0, and nothing was learned of the arm there.
 * A mask also makes P(arm) = 0, and a log entry does not show it: leave out the rounds in which the arm was masked.
 */
export function whyNotIdentifiable(log: readonly LoggedChoice[], arm: ArmId): Unanswerable | null {
  const excluded = log.filter((choice) => choice.arm !== arm && choice.propensity === 1).length;
  if (excluded > 0) {
    const reason =
      `in ${excluded} of ${log.length} rounds another reward model was chosen with probability 1, so the log holds ` +
      `nothing about '${arm}' there; run with exploration (ε) above 0.`;
    return { status: 'notIdentifiable', arm, reason };
  }
  const pulls = log.filter((choice) => choice.arm === arm);
  if (new Set(pulls.map(({ reward }) => reward)).size < 2) {
    const reason = `'${arm}' was chosen ${pulls.length} times, with no two different rewards; run more rounds.`;
    return { status: 'tooLittleData', arm, reason };
  }
  const size = effectiveSampleSize(pulls.map(({ propensity }) => 1 / propensity));
  if (size < leastEffectiveSampleSize) {
    const reason =
      `the ${pulls.length} choices of '${arm}' weigh as much as ${size.toFixed(1)} equal ones, fewer than ` +
      `${leastEffectiveSampleSize}; run more rounds, or with a larger ε.`;
    return { status: 'tooLittleData', arm, reason };
  }
  return null;
}

/** (Σw)²/Σw²: how many equally weighted rounds would be as informative (Kish 1965). */
export function effectiveSampleSize(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return (sum * sum) / weights.reduce((total, weight) => total + weight * weight, 0);
}
