import type { EvaluationComparison } from '../contract/evaluation';

const level = 0.05;

/**
 * Whether the last policy is worse than the first beyond chance: accuracy fell over all held-out prompts, and McNemar's
 * exact two-sided p is below 0.05. Equivalent: among the prompts whose outcome changed, the exact 95 % interval of the
 * share that improved lies below one half.
 */
export function hasRegressed(comparison: EvaluationComparison | null): boolean {
  const all = comparison?.rows.find(({ category }) => category === 'all');
  return comparison !== null && all !== undefined && all.after.value < all.before.value && comparison.pValue < level;
}
