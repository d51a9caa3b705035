import type { EvaluationComparison } from '../contract/evaluation';
import type { ResolvedEvaluation } from '../contract/evaluation-options';

const level = 0.05;

/**
 * Whether the last policy is worse than the first beyond chance. A win rate against the first policy: its 95 % interval lies
 * wholly below one half. Else: the share fell over all held-out prompts, and the exact two-sided p is below 0.05;
 * equivalent: among the prompts whose outcome changed, the exact 95 % interval of the share that improved lies below one half.
 */
export function hasRegressed(comparison: EvaluationComparison | null, evaluation?: ResolvedEvaluation): boolean {
  const all = comparison?.rows.find(({ category }) => category === 'all');
  if (comparison === null || all === undefined) return false;
  if (evaluation?.type === 'winRate' && evaluation.baseline === 'firstPolicy') return all.after.high < 0.5;
  return all.after.value < all.before.value && comparison.pValue < level;
}
