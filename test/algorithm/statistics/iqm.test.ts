import { iqm } from '../../../algorithm/statistics/iqm';

/** scipy.stats.trim_mean(values, 0.25), scipy 1.17.1. */
test.each([
  [[1, 2, 3], 2],
  [[1, 2, 3, 100], 2.5],
  [[5, 1, 9, 2, 8, 3, 7, 100, -50], 5],
  [[3.2, -1.0, 7.5, 0.4, 2.2, 9.9, -4.1], 2.46],
])('iqm of %j', (values, expected) => expect(iqm(values)).toBeCloseTo(expected, 12));

test('refuses an empty list', () => expect(() => iqm([])).toThrow(/there are no values/));
