import { seededRandom } from '../../../algorithm/seeded-random';
import { iqm } from '../../../algorithm/statistics/iqm';
import { pairedRunsInterval, runsInterval } from '../../../algorithm/statistics/runs-interval';
import { probabilityOfImprovement } from '../../../algorithm/statistics/probability-of-improvement';

const random = seededRandom(12);
const families = [0.4, 0.7, 0.55];
const before = families.map((level) => Array.from({ length: 8 }, () => level + 0.1 * random.normal()));
const after = before.map((runs) => runs.map((score) => score + 0.03 + 0.01 * random.normal()));
const options = { seed: 4, resamples: 800 };

test('an outlying run moves the mean and its interval, not the IQM', () => {
  const crashed = before.map((runs, s) => (s === 0 ? [-20, ...runs.slice(1)] : runs));
  expect(runsInterval(crashed, 'iqm', options).low).toBeGreaterThan(0.3);
  expect(runsInterval(crashed, 'mean', options).low).toBeLessThan(-0.5);
  expect(runsInterval(before, 'iqm', options).estimate).toBe(iqm(before.flat()));
});

test('pairing by seed shows a difference that the two intervals hide', () => {
  for (const aggregate of ['iqm', 'mean'] as const) {
    const paired = pairedRunsInterval(before, after, aggregate, options);
    expect(paired.low).toBeGreaterThan(0);
    expect(Math.abs(paired.estimate - 0.03)).toBeLessThan(0.012);
    expect(runsInterval(before, aggregate, options).high).toBeGreaterThan(runsInterval(after, aggregate, options).low);
  }
});

test('refuses systems that did not run the same seeds, and runs that did not finish', () => {
  expect(() => pairedRunsInterval([[1, 2]], [[1]], 'mean', options)).toThrow(/give the same seeds/);
  expect(() => pairedRunsInterval([[1]], [[1], [2]], 'mean', options)).toThrow(/give the same seeds/);
  expect(() => runsInterval([[1, NaN]], 'mean', options)).toThrow(/a score is NaN/);
});

test('the probability of improvement counts pairs of runs, ties half, stratum by stratum', () => {
  expect(probabilityOfImprovement([[1, 2]], [[2, 3]])).toBe((1 + 1 + 0.5 + 1) / 4);
  expect(probabilityOfImprovement([[1, 2], [9]], [[2, 3], [8]])).toBe(0.875 / 2);
  expect(probabilityOfImprovement(before, after) + probabilityOfImprovement(after, before)).toBeCloseTo(1, 12);
  expect(() => probabilityOfImprovement([[1]], [])).toThrow(/1 and 0 strata/);
});
