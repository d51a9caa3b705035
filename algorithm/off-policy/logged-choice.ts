import type { ArmId, ContextVector } from '../bandit';

/** One round of a bandit's log, in the order it was run. */
export interface LoggedChoice {
  /** Length d, the same in every round. */
  readonly context: ContextVector;
  readonly arm: ArmId;
  /** Probability, in (0, 1], with which this arm was chosen, as recorded when it was. */
  readonly propensity: number;
  readonly reward: number;
}

/** Throws on an empty log, a propensity outside (0, 1], or a reward or context that is not finite or of another length. */
export function checkLog(log: readonly LoggedChoice[]): void {
  const dimension = log[0]?.context.length;
  if (dimension === undefined) throw new Error('off-policy: the log is empty; give at least one round.');
  for (const [round, { context, propensity, reward }] of log.entries()) {
    if (!(propensity > 0 && propensity <= 1)) {
      throw new Error(`off-policy: round ${round} has propensity ${propensity}; give the one its decision recorded.`);
    }
    if (!Number.isFinite(reward) || !context.every(Number.isFinite)) {
      throw new Error(`off-policy: round ${round} has a reward or context that is not finite; leave it out.`);
    }
    if (context.length !== dimension) {
      throw new Error(
        `off-policy: round ${round} has a context of length ${context.length}, the first ${dimension}; ` +
          'estimate over rounds of one embedding.',
      );
    }
  }
}
