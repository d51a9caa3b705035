import { wilsonInterval } from '../../algorithm';
import type { PolicyAccuracy } from '../../contract/campaign-report';
import type { EvaluationSummary } from '../../contract/evaluation';

/** Accuracy of one policy over all held-out prompts and by category, with 95 % Wilson intervals. */
export function measureAccuracy({ iteration, byCategory, seconds }: EvaluationSummary): PolicyAccuracy {
  const sum = (of: 'correct' | 'total') => byCategory.reduce((total, row) => total + row[of], 0);
  return {
    iteration,
    all: rowOf('all', sum('correct'), sum('total')),
    byCategory:
      byCategory.length > 1 ? byCategory.map(({ category, correct, total }) => rowOf(category, correct, total)) : [],
    seconds,
  };
}

function rowOf(category: string, correct: number, total: number): PolicyAccuracy['all'] {
  return { category, correct, total, accuracy: shareOf(correct, total) };
}

/** A share with its 95 % Wilson interval. */
export function shareOf(correct: number, total: number) {
  return { value: correct / total, ...wilsonInterval(correct, total) };
}
