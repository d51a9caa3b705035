import { averageReward } from './average-reward';
import { checkParameter } from './check-input';
import { defineBandit } from './define-bandit';
import { sampledChoice } from './sampled-choice';

export interface Exp3Parameters {
  /** γ in (0, 1]: share of uniform exploration, and the learning rate. */
  readonly gamma: number;
}

/** The logarithm of the arm's weight; logarithms keep long campaigns from overflowing. */
export interface Exp3Knowledge {
  readonly logWeight: number;
}

/**
 * Idea: make no assumption on how rewards come about; weigh arms by the exponential of their reward, corrected for
 * how seldom each was pulled, and draw.
 *
 *   p_k = (1 − γ)·w_k / Σ w + γ/K,   after reward r of the arm pulled:   w_k ← w_k · exp(γ·(r / p_k) / K)
 *
 * Rewards must be in [0, 1]. `score` is log w_k, `mean` the plain average of the arm's rewards, `width` 0. p_k in the
 * update is the observation's propensity, so delayed feedback and masks are corrected for as they were.
 * With a mask the sums and K of p run over the arms available. An arm that joins gets the average log-weight of the
 * active ones; a removed one returns with the weight it had.
 * Paper: Auer et al. 2002, "The Nonstochastic Multiarmed Bandit Problem". Degenerate: γ = 1 is uniform.
 */
export const exp3 = defineBandit<Exp3Parameters, Exp3Knowledge>({
  type: 'exp3',
  contextual: false,
  validate: ({ gamma }) => checkParameter('exp3', 'gamma', gamma, { low: 0, high: 1, openBelow: true }),
  initialKnowledge({ arms }) {
    const active = arms.filter((arm) => arm.active);
    const sum = active.reduce((total, arm) => total + arm.knowledge.logWeight, 0);
    return { logWeight: active.length === 0 ? 0 : sum / active.length };
  },
  estimate: (arm) => ({ mean: averageReward(arm), width: 0, score: arm.knowledge.logWeight }),
  decide(candidates, { parameters: { gamma } }, random) {
    const highest = candidates.reduce((high, { score }) => Math.max(high, score), -Infinity);
    const weights = candidates.map(({ score }) => Math.exp(score - highest));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const propensities = weights.map((weight) => ((1 - gamma) * weight) / sum + gamma / candidates.length);
    return sampledChoice(candidates, propensities, random);
  },
  learn({ arm, knowledge }, { reward, propensity }, { parameters, arms }) {
    if (reward < 0 || reward > 1) {
      throw new Error(
        `exp3: the reward of arm '${arm}' is ${reward}; Exp3 needs rewards from 0 to 1, so normalise them.`,
      );
    }
    const active = arms.filter((candidate) => candidate.active).length;
    return { logWeight: knowledge.logWeight + (parameters.gamma * reward) / propensity / active };
  },
});
