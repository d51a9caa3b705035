import type { EvaluationSummary } from '../contract/evaluation';

/** Share of all held-out prompts that the newest measured policy answers correctly; null where none was measured. */
export function accuracyOf(evaluations: readonly Pick<EvaluationSummary, 'byCategory'>[]): number | null {
  const rows = evaluations.at(-1)?.byCategory ?? [];
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  return total === 0 ? null : rows.reduce((sum, row) => sum + row.correct, 0) / total;
}
