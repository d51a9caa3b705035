import type { ArmId, Bandit, BanditState } from './bandit';
import { checkParameter } from './check-input';

export interface CostOptions {
  /** λ ≥ 0: the reward that is given up to spare the dearest arm. 0 changes nothing. */
  readonly costWeight: number;
  /** What a pull costs, in one unit for all (seconds, tokens, money). An arm that is not named costs nothing. */
  readonly costs: Readonly<Record<ArmId, number>>;
}

/** Those whose scores are rewards, so that a cost can be taken from them. */
const withScoresInRewards = ['epsilonGreedy', 'linThompson', 'linUcb'];

/**
 * The same bandit, but an arm must be worth its cost: score_k − λ·cost_k / max cost, and likewise the mean (for Thompson
 * sampling the propensities follow). The Lagrangian form of a bandit with a budget, with a fixed multiplier λ in place of
 * one that is learned from what is left of it (Agrawal & Devanur 2016, "Linear Contextual Bandits with Knapsacks").
 * Recorded means and scores are after the cost. What is learned does not change. Throws for bandits whose scores are not
 * in units of reward, and on costs that are negative or not finite.
 */
export function withCost<Parameters, State extends BanditState>(
  bandit: Bandit<Parameters, State>,
  { costWeight, costs }: CostOptions,
): Bandit<Parameters, State> {
  if (!withScoresInRewards.includes(bandit.type)) {
    throw new Error(
      `${bandit.type}: costs need scores in units of reward; use one of ${withScoresInRewards.join(', ')}.`,
    );
  }
  checkParameter(bandit.type, 'costWeight', costWeight, { low: 0 });
  for (const [arm, cost] of Object.entries(costs))
    checkParameter(bandit.type, `the cost of '${arm}'`, cost, { low: 0 });
  const highest = Object.values(costs).reduce((high, cost) => Math.max(high, cost), 0);
  if (costWeight === 0 || highest === 0) return bandit;
  const shares = Object.entries(costs).map(([arm, cost]) => [arm, (costWeight * cost) / highest] as const);
  const penalties = Object.fromEntries(shares);
  return {
    ...bandit,
    selectArm: (state, context, options) => bandit.selectArm(state, context, { ...options, penalties }),
  };
}
