import type { EvaluationComparison } from '../../contract/evaluation';
import { hasRegressed } from '../../workflows/has-regressed';

const interval = (value: number) => ({ value, low: 0, high: 1 });
const comparison = (before: number, after: number, pValue: number, category = 'all'): EvaluationComparison => ({
  rows: [{ category, total: 100, before: interval(before), after: interval(after) }],
  pValue,
});

test.each<[string, boolean, EvaluationComparison | null]>([
  ['lower beyond chance', true, comparison(0.5, 0.3, 0.049)],
  ['lower, but it may be chance', false, comparison(0.5, 0.3, 0.05)],
  ['higher beyond chance', false, comparison(0.3, 0.5, 0.001)],
  ['the same', false, comparison(0.5, 0.5, 1)],
  ['lower in one category alone', false, comparison(0.5, 0.3, 0.001, 'sum')],
  ['not compared', false, null],
])('%s: regressed is %s', (_, expected, compared) => {
  expect(hasRegressed(compared)).toBe(expected);
});
