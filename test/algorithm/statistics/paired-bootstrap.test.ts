import { seededRandom } from '../../../algorithm/seeded-random';
import { pairedBootstrap } from '../../../algorithm/statistics/paired-bootstrap';

const random = seededRandom(10);
const outcomes = Array.from({ length: 200 }, () => {
  const first = random.normal();
  return { first, second: first + 0.3 + 0.5 * random.normal() };
});

test('finds the mean difference and, for many items, the interval of the normal approximation', () => {
  const differences = outcomes.map(({ first, second }) => second - first);
  const mean = differences.reduce((sum, value) => sum + value, 0) / 200;
  const error = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 200 / 200);
  const { difference, low, high } = pairedBootstrap(outcomes, { seed: 1, resamples: 3000 });
  expect(difference).toBeCloseTo(mean, 12);
  expect(Math.abs(low - (mean - 1.96 * error))).toBeLessThan(0.15 * error);
  expect(Math.abs(high - (mean + 1.96 * error))).toBeLessThan(0.15 * error);
});

test('covers the truth about as often as it claims', () => {
  const chance = seededRandom(20);
  let covered = 0;
  for (let trial = 0; trial < 100; trial += 1) {
    const sample = Array.from({ length: 40 }, () => ({ first: chance.normal(), second: chance.normal() + 1 }));
    const { low, high } = pairedBootstrap(sample, { seed: trial, resamples: 200, confidence: 0.9 });
    if (low <= 1 && 1 <= high) covered += 1;
  }
  expect(covered / 100).toBeGreaterThan(0.82);
  expect(covered / 100).toBeLessThan(0.96);
});

test('keeps strata apart: what differs only between them adds no spread', () => {
  const stratified = ['add', 'sort'].flatMap((stratum, k) =>
    Array.from({ length: 10 }, () => ({ first: 0, second: k, stratum })),
  );
  expect(pairedBootstrap(stratified, { seed: 3, resamples: 500 })).toEqual({ difference: 0.5, low: 0.5, high: 0.5 });
  const pooled = pairedBootstrap(
    stratified.map(({ first, second }) => ({ first, second })),
    { seed: 3, resamples: 500 },
  );
  expect(pooled.high - pooled.low).toBeGreaterThan(0.2);
});

test('its seed determines it, and the order of the strata does not matter', () => {
  const named = outcomes.map((outcome, i) => ({ ...outcome, stratum: i % 3 === 0 ? 'b' : 'a' }));
  const regrouped = [
    ...named.filter(({ stratum }) => stratum === 'a'),
    ...named.filter(({ stratum }) => stratum === 'b'),
  ];
  const options = { seed: 5, resamples: 500 };
  expect(pairedBootstrap(named, options)).toEqual(pairedBootstrap(named, options));
  expect(pairedBootstrap(regrouped, options)).toEqual(pairedBootstrap(named, options));
  expect(pairedBootstrap(named, { ...options, seed: 6 })).not.toEqual(pairedBootstrap(named, options));
});

test('refuses nothing to draw from, and numbers that are none', () => {
  expect(() => pairedBootstrap([], { seed: 1 })).toThrow(/there are no outcomes/);
  expect(() => pairedBootstrap([{ first: 1, second: NaN }], { seed: 1 })).toThrow(/not both finite/);
  expect(() => pairedBootstrap(outcomes, { seed: 1, resamples: 0 })).toThrow(/resamples is 0/);
  expect(() => pairedBootstrap(outcomes, { seed: 1, confidence: 95 })).toThrow(/confidence is 95/);
});
