import { checkParameter } from './check-input';
import { defineBandit } from './define-bandit';
import { greedyChoice } from './greedy-choice';
import { emptyRidge, learnRidge, predictRidge, type Ridge } from './ridge/ridge';

export interface LinUcbParameters {
  /** α ≥ 0: how many widths of optimism. LASeR's code runs 0.1. */
  readonly alpha: number;
  /** λ > 0 of A = λI at the start; 1 in the paper. */
  readonly ridge: number;
  /** m, what is expected of an arm that was never pulled; 0, as in the paper, unless told. */
  readonly initialMean?: number | undefined;
}

/**
 * Idea: pull the arm whose reward could plausibly be highest: a ridge regression per arm, plus a bonus for doubt.
 *
 *   score_k = m + θ_k·c + α·sqrt(cᵀA_k⁻¹c),   θ_k = A_k⁻¹b_k,   A_k = λI + Σ c cᵀ,   b_k = Σ (r − m)·c
 *
 * `mean` is m + θ_k·c and `width` is α·sqrt(cᵀA_k⁻¹c). The paper has m = 0, which with rewards in [0, 1] thinks so little of
 * arms not yet pulled that a small α stays with the first. With m near a good reward, a small α tries each arm and drops
 * those that disappoint ("optimistic initial values": Sutton & Barto 2018, 2.6). Computed exactly in the dual form while an arm has at most d pulls
 * and in the primal after (`ridge/`), so d = 4096 costs milliseconds where a d × d inverse costs seconds.
 * Paper: Li et al. 2010, "A Contextual-Bandit Approach to Personalized News Article Recommendation", algorithm 1.
 * Degenerate: a zero context scores every arm m, so the first is pulled, and it teaches nothing; without pulls all
 * arms tie and the first is pulled. Deterministic: propensities are 0 or 1.
 */
export const linUcb = defineBandit<LinUcbParameters, Ridge>({
  type: 'linUcb',
  contextual: true,
  validate({ alpha, ridge, initialMean = 0 }) {
    checkParameter('linUcb', 'alpha', alpha, { low: 0 });
    checkParameter('linUcb', 'ridge', ridge, { low: 0, openBelow: true });
    checkParameter('linUcb', 'initialMean', initialMean, { low: -Number.MAX_VALUE });
  },
  initialKnowledge: () => emptyRidge,
  estimate(arm, context, { parameters }) {
    const { alpha, ridge, initialMean = 0 } = parameters;
    const learned = predictRidge(arm.knowledge, context, ridge);
    const mean = initialMean + learned.mean;
    const width = alpha * Math.sqrt(learned.variance);
    return { mean, width, score: mean + width };
  },
  decide: greedyChoice,
  learn: (arm, { context, reward }, { parameters: { ridge, initialMean = 0 } }) =>
    learnRidge(arm.knowledge, context, reward - initialMean, ridge),
});
