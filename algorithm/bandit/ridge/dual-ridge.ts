import { dot, multiply, solveLower, solveLowerTransposed, subtractCombination } from '../../linear-algebra';
import type { RidgePrediction } from './ridge-prediction';

/**
 * Ridge regression through its t observations: with X the contexts (t × d), K = XXᵀ and k = Xc,
 *   mean     = kᵀ(K + λI)⁻¹r
 *   variance = (c·c − kᵀ(K + λI)⁻¹k) / λ
 * equal to the primal cᵀA⁻¹b and cᵀA⁻¹c by the push-through identity X(XᵀX + λI)⁻¹ = (XXᵀ + λI)⁻¹X
 * (Valko et al. 2013, "Finite-Time Analysis of Kernelised Contextual Bandits", with the linear kernel).
 *
 * L Lᵀ = K + λI grows by one row a pull. Its whitened vectors are all that is needed: y = L⁻¹k and z = L⁻¹r give
 * mean = y·z and variance = (c·c − y·y)/λ, and learning c appends the row [y, p] with p² = λ(1 + variance), because
 * p² = c·c + λ − y·y, and the entry (r − mean)/p to z. O(t·d + t²) a prediction, O(t·d) memory, no rows copied.
 */
export interface DualRidge {
  readonly form: 'dual';
  /** X, the context of each pull: t rows of d, shared with the observations. */
  readonly contexts: readonly (readonly number[])[];
  /** L by rows: row i has i + 1 entries. */
  readonly cholesky: readonly (readonly number[])[];
  /** z = L⁻¹r. */
  readonly whitenedRewards: readonly number[];
}

export function predictDual(ridge: DualRidge, context: readonly number[], lambda: number): RidgePrediction {
  const { mean, variance } = whiten(ridge, context, lambda);
  return { mean, variance };
}

export function learnDual(ridge: DualRidge, context: readonly number[], reward: number, lambda: number): DualRidge {
  const { whitened, mean, variance } = whiten(ridge, context, lambda);
  const pivot = Math.sqrt(lambda * (1 + variance));
  return {
    form: 'dual',
    contexts: [...ridge.contexts, context],
    cholesky: [...ridge.cholesky, [...whitened, pivot]],
    whitenedRewards: [...ridge.whitenedRewards, (reward - mean) / pivot],
  };
}

/** Below this share of c·c left after the subtraction, more than three of its sixteen digits would be lost. */
const cancellation = 1e-3;

function whiten(ridge: DualRidge, context: readonly number[], lambda: number) {
  const whitened = solveLower(ridge.cholesky, multiply(ridge.contexts, context));
  const mean = dot(whitened, ridge.whitenedRewards);
  const squaredNorm = dot(context, context);
  const rest = squaredNorm - dot(whitened, whitened);
  const variance =
    rest > cancellation * squaredNorm ? rest / lambda : varianceOfResidual(ridge, context, whitened, lambda);
  return { whitened, mean, variance };
}

/**
 * The same variance as a sum of squares, which cannot cancel or turn negative: with v = (K + λI)⁻¹k and the
 * residual e = c − Xᵀv = λA⁻¹c, cᵀA⁻¹c = (A⁻¹c)ᵀA(A⁻¹c) = |e|²/λ + |v|². Another O(t·d + t²), taken when needed.
 */
function varianceOfResidual(ridge: DualRidge, context: readonly number[], whitened: readonly number[], lambda: number) {
  const weights = solveLowerTransposed(ridge.cholesky, whitened);
  const residual = subtractCombination(context, ridge.contexts, weights);
  return dot(residual, residual) / lambda + dot(weights, weights);
}
