import * as fc from 'fast-check';
import { probabilitiesOfMaximum } from '../../../algorithm/bandit/probabilities-of-maximum';
import { normalCdf } from '../../../algorithm/statistics/normal-distribution';

/** scipy.integrate.quad over norm.pdf(x, m_k, s_k)·Π norm.cdf(x, m_j, s_j), epsabs=epsrel=1e-13, scipy 1.17.1. */
test('agrees with scipy on four arms of very unlike widths', () => {
  const means = [0.3, 0.1, 0.5, -0.2];
  const widths = [0.2, 0.7, 0.01, 1.5];
  const expected = [0.08542916134026701, 0.21312245454155793, 0.4094042983093435, 0.2920440858088317];
  const found = probabilitiesOfMaximum(means.map((mean, k) => ({ mean, width: widths[k] ?? NaN })));
  found.forEach((probability, k) => expect(Math.abs(probability - (expected[k] ?? NaN))).toBeLessThan(1e-9));
});

const normal = fc.record({
  mean: fc.double({ min: -3, max: 3, noNaN: true }),
  width: fc.double({ min: 0.01, max: 3, noNaN: true }),
});

test('of two is Φ((m₁ − m₂)/sqrt(s₁² + s₂²))', () => {
  fc.assert(
    fc.property(normal, normal, (first, second) => {
      const exact = normalCdf((first.mean - second.mean) / Math.hypot(first.width, second.width));
      expect(Math.abs((probabilitiesOfMaximum([first, second])[0] ?? NaN) - exact)).toBeLessThan(1e-8);
    }),
  );
});

test('sums to 1, and equal variables share equally', () => {
  fc.assert(
    fc.property(fc.array(normal, { minLength: 1, maxLength: 6 }), (variables) => {
      expect(probabilitiesOfMaximum(variables).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    }),
    { numRuns: 50 },
  );
  for (const share of probabilitiesOfMaximum([1, 2, 3].map(() => ({ mean: 0.2, width: 0.3 })))) {
    expect(share).toBeCloseTo(1 / 3, 9);
  }
});

test('is certain where nothing varies: the highest mean, the first on a tie', () => {
  const points = [0.1, 0.7, 0.7].map((mean) => ({ mean, width: 0 }));
  expect(probabilitiesOfMaximum(points)).toEqual([0, 1, 0]);
});

test('is never negative, however far an arm is behind', () => {
  for (let behind = 0; behind < 20; behind += 0.01) {
    const found = probabilitiesOfMaximum([
      { mean: -behind, width: 0.4 },
      { mean: 0, width: 0.1 },
      { mean: -1, width: 1.1 },
    ]);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
  }
});
