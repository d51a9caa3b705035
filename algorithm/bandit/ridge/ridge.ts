import type { DualRidge } from './dual-ridge';
import { learnDual, predictDual } from './dual-ridge';
import type { PrimalRidge } from './primal-ridge';
import { learnPrimal, predictPrimal, primalFromDual } from './primal-ridge';
import type { RidgePrediction } from './ridge-prediction';

/**
 * One arm's ridge regression of rewards on contexts, grown one observation at a time: A = λI + Σ c cᵀ, b = Σ r·c.
 * Dual form (t × t) for the first d observations, primal (d × d) after: the smaller of the two, with equal predictions.
 */
export type Ridge = DualRidge | PrimalRidge;

export const emptyRidge: Ridge = { form: 'dual', contexts: [], cholesky: [], whitenedRewards: [] };

export function predictRidge(ridge: Ridge, context: readonly number[], lambda: number): RidgePrediction {
  return ridge.form === 'dual' ? predictDual(ridge, context, lambda) : predictPrimal(ridge, context);
}

export function learnRidge(ridge: Ridge, context: readonly number[], reward: number, lambda: number): Ridge {
  if (ridge.form === 'primal') return learnPrimal(ridge, context, reward);
  if (ridge.contexts.length < context.length) return learnDual(ridge, context, reward, lambda);
  return learnPrimal(primalFromDual(ridge, context.length, lambda), context, reward);
}
