import { solveLowerTransposed, solveUpper, subtractCombination } from '../../linear-algebra';
import type { Ridge } from './ridge';

/** θ = A⁻¹b, of length d: Xᵀ(K + λI)⁻¹r in the dual form, R⁻¹z in the primal. Empty before the first observation. */
export function ridgeCoefficients(ridge: Ridge): number[] {
  if (ridge.form === 'primal') return solveUpper(ridge.cholesky, ridge.whitenedRewards);
  const weights = solveLowerTransposed(ridge.cholesky, ridge.whitenedRewards);
  const zero = (ridge.contexts[0] ?? []).map(() => 0);
  return subtractCombination(
    zero,
    ridge.contexts,
    weights.map((weight) => -weight),
  );
}
