import type { ArmDecision, RoundRecord } from '../../contract/round-record';

/** A choice with what it was worth to the bandit. */
export interface LoggedDecision {
  decision: ArmDecision;
  reward: number;
}

/** More of them take minutes to look at in contexts of thousands of numbers. */
const mostDecisions = 2000;

/** The newest choices that were rewarded, oldest first. */
export function loggedChoices(rounds: readonly RoundRecord[]): LoggedDecision[] {
  const newest: LoggedDecision[] = [];
  for (const { decisions, outcomes } of rounds.toReversed()) {
    const rewards = new Map(outcomes.map(({ scope, reward }) => [scope, reward]));
    for (const decision of decisions.toReversed()) {
      const reward = rewards.get(decision.scope);
      if (reward !== undefined) newest.push({ decision, reward });
    }
    if (newest.length >= mostDecisions) break;
  }
  return newest.slice(0, mostDecisions).reverse();
}
