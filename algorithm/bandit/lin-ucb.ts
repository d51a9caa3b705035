import { checkParameter } from './check-input';
import { defineBandit } from './define-bandit';
import { greedyChoice } from './greedy-choice';
import { emptyRidge, learnRidge, predictRidge, type Ridge } from './ridge/ridge';

export interface LinUcbParameters {
  /** α ≥ 0: how many widths of optimism. LASeR's code runs 0.1. */
  readonly alpha: number;
  /** λ > 0 of A = λI at the start; 1 in the paper. */
  readonly ridge: number;
}

/**
 * Idea: pull the arm whose reward could plausibly be highest: a ridge regression per arm, plus a bonus for doubt.
 *
 *   score_k = θ_k·c + α·sqrt(cᵀA_k⁻¹c),   θ_k = A_k⁻¹b_k,   A_k = λI + Σ c cᵀ,   b_k = Σ r·c
 *
 * `mean` is θ_k·c and `width` is α·sqrt(cᵀA_k⁻¹c). Computed exactly in the dual form while an arm has at most d pulls
 * and in the primal after (`ridge/`), so d = 4096 costs milliseconds where a d × d inverse costs seconds.
 * Paper: Li et al. 2010, "A Contextual-Bandit Approach to Personalized News Article Recommendation", algorithm 1.
 * Degenerate: a zero context scores every arm 0, so the first is pulled, and it teaches nothing; without pulls all
 * arms tie and the first is pulled. Deterministic: propensities are 0 or 1.
 */
export const linUcb = defineBandit<LinUcbParameters, Ridge>({
  type: 'linUcb',
  contextual: true,
  validate({ alpha, ridge }) {
    checkParameter('linUcb', 'alpha', alpha, { low: 0 });
    checkParameter('linUcb', 'ridge', ridge, { low: 0, openBelow: true });
  },
  initialKnowledge: () => emptyRidge,
  estimate(arm, context, { parameters }) {
    const { mean, variance } = predictRidge(arm.knowledge, context, parameters.ridge);
    const width = parameters.alpha * Math.sqrt(variance);
    return { mean, width, score: mean + width };
  },
  decide: greedyChoice,
  learn: (arm, { context, reward }, { parameters }) => learnRidge(arm.knowledge, context, reward, parameters.ridge),
});
