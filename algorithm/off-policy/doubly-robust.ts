import type { ArmId } from '../bandit';
import { emptyRidge, learnRidge, predictRidge } from '../bandit/ridge/ridge';
import { intervalOfMean } from './interval-of-mean';
import type { LoggedChoice } from './logged-choice';
import type { ValueEstimate } from './value-estimate';

/**
 * Doubly robust estimate of "always this arm", with q̂ a ridge regression of the arm's rewards on contexts:
 *
 *   v̂ = 1/T Σ ψₜ,   ψₜ = q̂ₜ(cₜ) + 1{aₜ = arm}/pₜ · (rₜ − q̂ₜ(cₜ))
 *
 * (Dudík, Langford & Li 2011, "Doubly Robust Policy Evaluation and Learning"). As the propensities are known, E[ψₜ] is
 * right however wrong q̂ is; a good q̂ makes the variance small.
 *
 * Cross-fitted forward in time: q̂ₜ has learned from the rounds before t alone. Folds drawn from the whole log would leak:
 * a bandit's later choices depend on rₜ. Fitted on the past, ψₜ − v is a martingale difference, and the interval of the
 * scores' mean is valid for logs that a learning bandit made (Hadad et al. 2021, "Confidence Intervals for Policy
 * Evaluation in Adaptive Experiments"; Zhan et al. 2021 for contexts). Their variance-stabilising weights are for
 * propensities that decay to 0; an ε-mix keeps them above ε/K, and the weights are all 1.
 */
export function doublyRobust(log: readonly LoggedChoice[], arm: ArmId, confidence: number): ValueEstimate {
  const predicted = predictForward(log, arm);
  const scores = log.map((choice, t) => {
    const prediction = predicted[t] ?? 0;
    return choice.arm === arm ? prediction + (choice.reward - prediction) / choice.propensity : prediction;
  });
  const value = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { value, ...intervalOfMean(value, scores, confidence) };
}

/**
 * q̂ₜ(cₜ): the mean of all rewards before t, plus a ridge regression (λ = 1, contexts with a constant 1 behind) of what the
 * arm's own rewards differed from it. 0 in the first round.
 */
function predictForward(log: readonly LoggedChoice[], arm: ArmId): number[] {
  let ridge = emptyRidge;
  let sum = 0;
  return log.map((choice, t) => {
    const context = [...choice.context, 1];
    const overall = t === 0 ? 0 : sum / t;
    const prediction = overall + predictRidge(ridge, context, 1).mean;
    if (choice.arm === arm) ridge = learnRidge(ridge, context, choice.reward - overall, 1);
    sum += choice.reward;
    return prediction;
  });
}
