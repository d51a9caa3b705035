import { dot, multiply, rotateIn, scaledIdentity, solveUpperTransposed } from '../../linear-algebra';
import type { DualRidge } from './dual-ridge';
import type { RidgePrediction } from './ridge-prediction';

/**
 * Ridge regression through its d parameters, as a square-root filter: A = RᵀR and Rᵀz = b. With y = R⁻ᵀc,
 * mean = cᵀA⁻¹b = y·z and variance = cᵀA⁻¹c = y·y. An observation is rotated into [R, z] by Givens rotations, so
 * nothing is inverted and nothing cancels (Golub & Van Loan, Matrix Computations, 4th ed., 6.5).
 * O(d²) a step and in memory, whatever the number of pulls.
 */
export interface PrimalRidge {
  readonly form: 'primal';
  /** R by rows: row i has the d − i entries from the diagonal on. */
  readonly cholesky: readonly (readonly number[])[];
  /** z = R⁻ᵀb. */
  readonly whitenedRewards: readonly number[];
}

export function predictPrimal(ridge: PrimalRidge, context: readonly number[]): RidgePrediction {
  const whitened = solveUpperTransposed(ridge.cholesky, context);
  return { mean: dot(whitened, ridge.whitenedRewards), variance: dot(whitened, whitened) };
}

export function learnPrimal(ridge: PrimalRidge, context: readonly number[], reward: number): PrimalRidge {
  const cholesky = ridge.cholesky.map((row) => row.slice());
  const whitenedRewards = ridge.whitenedRewards.slice();
  rotateIn(cholesky, whitenedRewards, context, reward);
  return { form: 'primal', cholesky, whitenedRewards };
}

/** The primal form of the same observations, in O(t·d²). The rewards are read back from z: r = Lz. */
export function primalFromDual(ridge: DualRidge, dimension: number, lambda: number): PrimalRidge {
  const cholesky = scaledIdentity(dimension, Math.sqrt(lambda));
  const whitenedRewards = new Array<number>(dimension).fill(0);
  const rewards = multiply(ridge.cholesky, ridge.whitenedRewards);
  ridge.contexts.forEach((context, i) => rotateIn(cholesky, whitenedRewards, context, rewards[i] ?? 0));
  return { form: 'primal', cholesky, whitenedRewards };
}
