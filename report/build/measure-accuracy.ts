import { measuredShare } from '../../algorithm';
import type { PolicyAccuracy } from '../../contract/campaign-report';
import type { CategoryAccuracy, EvaluationSummary } from '../../contract/evaluation';

/** Accuracy, or win rate, of one policy over all held-out prompts and by category, with 95 % intervals. */
export function measureAccuracy({ iteration, byCategory, seconds }: EvaluationSummary): PolicyAccuracy {
  return {
    iteration,
    all: rowOf('all', byCategory),
    byCategory: byCategory.length > 1 ? byCategory.map((row) => rowOf(row.category, [row])) : [],
    seconds,
  };
}

function rowOf(category: string, rows: readonly CategoryAccuracy[]): PolicyAccuracy['all'] {
  const { value, low, high, correct, total, verdicts } = measuredShare(rows);
  return { category, correct, total, ...(verdicts && { verdicts }), accuracy: { value, low, high } };
}
