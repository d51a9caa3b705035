import type { Random } from '../seeded-random';
import type { Bandit, BanditState, Decision } from './bandit';
import { checkParameter } from './check-input';

/**
 * The same bandit, but with probability ε the arm is drawn uniformly from the available ones instead:
 * p'_k = (1 − ε)·p_k + ε/K. Every propensity is then at least ε/K, which off-policy evaluation needs.
 * ε = 0 changes nothing and draws nothing.
 */
export function withExploration<Parameters, State extends BanditState>(
  bandit: Bandit<Parameters, State>,
  epsilon: number,
): Bandit<Parameters, State> {
  checkParameter(bandit.type, 'epsilon', epsilon, { low: 0, high: 1 });
  return {
    ...bandit,
    selectArm: (state, context, options) => explore(bandit.selectArm(state, context, options), epsilon, options.random),
  };
}

/** The decision mixed with ε of a uniform one. */
export function explore(decision: Decision, epsilon: number, random: Random): Decision {
  if (epsilon === 0) return decision;
  const available = decision.arms.filter((arm) => arm.available);
  const arms = decision.arms.map((arm) =>
    arm.available ? { ...arm, propensity: (1 - epsilon) * arm.propensity + epsilon / available.length } : arm,
  );
  const chosen = random.nextFloat() < epsilon ? random.pick(available).arm : decision.arm;
  return { arm: chosen, propensity: arms.find(({ arm }) => arm === chosen)?.propensity ?? 0, arms };
}
