import { seededRandom } from '../../../algorithm/seeded-random';
import { pairedPermutation } from '../../../algorithm/statistics/paired-permutation';

test('tries all signs: five seeds that agree give 2/32', () => {
  const result = pairedPermutation([0.1, 0.2, 0.05, 0.3, 0.1], { seed: 1 });
  expect(result).toEqual({ difference: 0.15, exact: true, pValue: 2 / 32 });
});

/** Counted by hand: of ±1 ± 2 ± 3, |sum| ≥ 2 for 6, 4, 2 and their opposites; 0 comes twice. */
test('counts the sign patterns that are as extreme', () => {
  expect(pairedPermutation([-1, 2, 3], { seed: 1 }).pValue).toBe(4 / 8);
  expect(pairedPermutation([1, 2, 3], { seed: 1 }).pValue).toBe(2 / 8);
  expect(pairedPermutation([0, 0], { seed: 1 }).pValue).toBe(1);
});

test('above 16 differences a sample of signs comes near the normal approximation', () => {
  const random = seededRandom(4);
  const differences = Array.from({ length: 60 }, () => 0.25 + random.normal());
  const result = pairedPermutation(differences, { seed: 2 });
  const z =
    Math.abs(differences.reduce((sum, value) => sum + value, 0)) /
    Math.sqrt(differences.reduce((sum, value) => sum + value * value, 0));
  expect(result.exact).toBe(false);
  expect(z).toBeGreaterThan(1);
  expect(Math.abs(result.pValue - 2 * (1 - approximatePhi(z)))).toBeLessThan(0.01);
  expect(pairedPermutation(differences, { seed: 2 })).toEqual(result);
});

test('under equality rejects as seldom as it promises', () => {
  const random = seededRandom(5);
  let rejected = 0;
  for (let trial = 0; trial < 1000; trial += 1) {
    const { pValue } = pairedPermutation(
      Array.from({ length: 8 }, () => random.normal()),
      { seed: 0 },
    );
    if (pValue <= 0.05) rejected += 1;
  }
  expect(rejected).toBeGreaterThan(25);
  expect(rejected).toBeLessThan(70);
});

test('refuses nothing, and what is no number', () => {
  expect(() => pairedPermutation([], { seed: 1 })).toThrow(/no values/);
  expect(() => pairedPermutation([1, NaN], { seed: 1 })).toThrow(/not finite/);
});

/** Abramowitz & Stegun 26.2.17, to 1e-7. */
function approximatePhi(x: number): number {
  const t = 1 / (1 + 0.2316419 * x);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
