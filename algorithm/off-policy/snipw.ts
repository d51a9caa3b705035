import type { ArmId } from '../bandit';
import { intervalOfMean } from './interval-of-mean';
import type { LoggedChoice } from './logged-choice';
import type { ValueEstimate } from './value-estimate';

/**
 * Self-normalised inverse propensity weighting of "always this arm":
 *
 *   v̂ = Σ wₜrₜ / Σ wₜ,   wₜ = 1{aₜ = arm}/pₜ
 *
 * A ratio, so consistent and slightly biased; in exchange it stays within the range of the rewards and does not change
 * when a constant is added to them (Swaminathan & Joachims 2015, "The Self-Normalized Estimator for Counterfactual
 * Learning"). The interval is that of its linearisation, with scores T·hₜ(rₜ − v̂)/(1 − hₜ), hₜ = wₜ/Σw: dividing by
 * 1 − hₜ takes away each round's own pull on v̂ (the jackknife, HC3 of MacKinnon & White 1985).
 */
export function snipw(log: readonly LoggedChoice[], arm: ArmId, confidence: number): ValueEstimate {
  const weights = log.map((choice) => (choice.arm === arm ? 1 / choice.propensity : 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const shares = weights.map((weight) => weight / sum);
  const value = log.reduce((total, { reward }, t) => total + (shares[t] ?? 0) * reward, 0);
  const scores = log.map(({ reward }, t) => {
    const share = shares[t] ?? 0;
    return share === 0 ? 0 : (log.length * share * (reward - value)) / (1 - share);
  });
  return { value, ...intervalOfMean(value, scores, confidence) };
}
