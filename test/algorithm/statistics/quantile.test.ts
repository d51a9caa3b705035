import * as fc from 'fast-check';
import { quantile } from '../../../algorithm/statistics/quantile';

const values = [3.2, -1.0, 7.5, 0.4, 2.2, 9.9, -4.1];

/** numpy.quantile([3.2, -1.0, 7.5, 0.4, 2.2, 9.9, -4.1], q), numpy 2.4.6. */
test.each([
  [0, -4.1],
  [0.2, -0.72],
  [0.25, -0.3],
  [0.5, 2.2],
  [0.8, 6.64],
  [0.95, 9.18],
  [1, 9.9],
])('the %d-quantile', (q, expected) => expect(quantile(values, q)).toBeCloseTo(expected, 12));

test('never leaves the range and grows with q', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }), share, share, (numbers, p, q) => {
      const [low, high] = [quantile(numbers, Math.min(p, q)), quantile(numbers, Math.max(p, q))];
      expect(low >= Math.min(...numbers) && low <= high + 1e-6 && high <= Math.max(...numbers)).toBe(true);
    }),
  );
});

test('refuses an empty list and a q outside [0, 1]', () => {
  expect(() => quantile([], 0.5)).toThrow(/there are no values/);
  expect(() => quantile([1], 1.1)).toThrow(/q is 1.1/);
});
