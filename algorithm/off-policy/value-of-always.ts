import type { ArmId } from '../bandit';
import { checkConfidence } from '../statistics/interval';
import { doublyRobust } from './doubly-robust';
import { checkLog, type LoggedChoice } from './logged-choice';
import { snipw } from './snipw';
import type { ValueEstimate } from './value-estimate';
import { effectiveSampleSize, whyNotIdentifiable, type Unanswerable } from './why-not-identifiable';

export interface EstimatedValue {
  readonly status: 'estimated';
  readonly arm: ArmId;
  readonly pulls: number;
  /** (Σw)²/Σw² over the arm's pulls. */
  readonly effectiveSampleSize: number;
  readonly snipw: ValueEstimate;
  readonly doublyRobust: ValueEstimate;
}

/**
 * What the mean reward would have been had this arm been chosen in every round, from a log in which a bandit with known
 * propensities chose: two estimates with intervals, or why there are none.
 *
 * It is the mean over contexts like the log's. It cannot know that another choice would have led the policy, and so later
 * contexts and rewards, elsewhere; and a reward that is normalised by its own history is not the same quantity all along.
 * Throws on a log that is empty or not well formed.
 */
export function valueOfAlways(
  log: readonly LoggedChoice[],
  arm: ArmId,
  confidence = 0.95,
): EstimatedValue | Unanswerable {
  checkConfidence(confidence);
  checkLog(log);
  const unanswerable = whyNotIdentifiable(log, arm);
  if (unanswerable) return unanswerable;
  const weights = log.filter((choice) => choice.arm === arm).map(({ propensity }) => 1 / propensity);
  return {
    status: 'estimated',
    arm,
    pulls: weights.length,
    effectiveSampleSize: effectiveSampleSize(weights),
    snipw: snipw(log, arm, confidence),
    doublyRobust: doublyRobust(log, arm, confidence),
  };
}
