import type { EvaluationSummary } from '../contract/evaluation';

/** Accuracy or win rate of the newest measured policy over all held-out prompts; null where none was measured. */
export function accuracyOf(evaluations: readonly Pick<EvaluationSummary, 'byCategory'>[]): number | null {
  const rows = evaluations.at(-1)?.byCategory ?? [];
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  return total === 0 ? null : rows.reduce((sum, row) => sum + row.correct, 0) / total;
}
