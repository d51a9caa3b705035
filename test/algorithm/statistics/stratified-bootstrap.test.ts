import { seededRandom } from '../../../algorithm/seeded-random';
import { stratifiedBootstrap } from '../../../algorithm/statistics/stratified-bootstrap';
import { mean } from '../../../algorithm/statistics/mean';

const chance = seededRandom(31);
const skewed = Array.from({ length: 40 }, () => Math.exp(chance.normal()));
const meanOfAll = (strata: readonly (readonly number[])[]) => mean(strata.flat());

test('of one stratum, the mean’s percentile interval is that of the normal approximation', () => {
  const values = Array.from({ length: 300 }, () => chance.normal());
  const centre = mean(values);
  const error = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)) / 300);
  const { estimate, low, high } = stratifiedBootstrap([values], meanOfAll, { seed: 1, resamples: 4000 });
  expect(estimate).toBe(centre);
  expect(Math.abs(low - (centre - 1.96 * error))).toBeLessThan(0.15 * error);
  expect(Math.abs(high - (centre + 1.96 * error))).toBeLessThan(0.15 * error);
});

const twelve = [0.4, 0.7, 0.9, 1.1, 1.3, 1.4, 1.8, 2.0, 2.2, 2.9, 4.1, 6.3];

/** scipy.stats.bootstrap((x,), numpy.mean, method=…, n_resamples=400000), scipy 1.17.1; the resamples leave ± 0.02. */
test.each([
  ['percentile', 1.2917, 3.0833],
  ['bca', 1.4083, 3.375],
] as const)('the %s interval of a skewed sample agrees with scipy', (method, low, high) => {
  const interval = stratifiedBootstrap([twelve], meanOfAll, { seed: 3, resamples: 30_000, method });
  expect(Math.abs(interval.low - low)).toBeLessThan(0.03);
  expect(Math.abs(interval.high - high)).toBeLessThan(0.05);
});

test('BCa misses the mean of skewed data above less often than the percentile interval', () => {
  const missed = { percentile: 0, bca: 0 };
  for (let trial = 0; trial < 200; trial += 1) {
    const random = seededRandom(1000 + trial);
    const values = Array.from({ length: 20 }, () => -Math.log(1 - random.nextFloat()));
    for (const method of ['percentile', 'bca'] as const) {
      if (stratifiedBootstrap([values], meanOfAll, { seed: trial, resamples: 300, method }).high < 1)
        missed[method] += 1;
    }
  }
  expect(missed.bca).toBeLessThan(0.8 * missed.percentile);
});

test('drawn apart, what differs between strata alone adds no spread; each keeps its size', () => {
  const strata = [
    [0, 0, 0],
    [1, 1, 1, 1, 1, 1],
  ];
  const options = { seed: 2, resamples: 200 };
  expect(stratifiedBootstrap(strata, meanOfAll, options)).toEqual({ estimate: 6 / 9, low: 6 / 9, high: 6 / 9 });
});

test('runs that are good or bad in all strata alike must be drawn together, or the interval is too narrow', () => {
  const strata = [skewed, skewed, skewed, skewed];
  const options = { seed: 6, resamples: 1500 };
  const width = (draws: 'apart' | 'together') => {
    const { low, high } = stratifiedBootstrap(strata, meanOfAll, { ...options, draws });
    return high - low;
  };
  expect(width('together') / width('apart')).toBeGreaterThan(1.7);
  expect(width('together') / width('apart')).toBeLessThan(2.3);
});

test('its seed determines it', () => {
  const options = { seed: 8, resamples: 300, method: 'bca', draws: 'together' } as const;
  expect(stratifiedBootstrap([skewed], meanOfAll, options)).toEqual(stratifiedBootstrap([skewed], meanOfAll, options));
});

test('a single run has a point for interval, by either method', () => {
  for (const method of ['percentile', 'bca'] as const) {
    expect(stratifiedBootstrap([[3]], meanOfAll, { seed: 1, resamples: 50, method })).toEqual({
      estimate: 3,
      low: 3,
      high: 3,
    });
  }
});

test('refuses no strata, empty ones, and unequal ones drawn together', () => {
  expect(() => stratifiedBootstrap([], meanOfAll, { seed: 1 })).toThrow(/there are no strata/);
  expect(() => stratifiedBootstrap([[1], []], meanOfAll, { seed: 1 })).toThrow(/stratum 1 has no runs/);
  expect(() => stratifiedBootstrap([[1], [1, 2]], meanOfAll, { seed: 1, draws: 'together' })).toThrow(/1 and 2 runs/);
  expect(() => stratifiedBootstrap([[1]], meanOfAll, { seed: 1, resamples: 0 })).toThrow(/resamples is 0/);
});
