import { wilsonInterval } from '../../../algorithm/statistics/wilson-interval';

/** statsmodels.stats.proportion.proportion_confint(s, n, alpha=1 - confidence, method='wilson'), statsmodels 0.15.0. */
test.each([
  [0, 10, 0.95, 0, 0.2775327998628892],
  [10, 10, 0.95, 0.7224672001371107, 1],
  [3, 10, 0.95, 0.10779126740630099, 0.6032218525388546],
  [381, 500, 0.95, 0.7227638647789387, 0.797240980819208],
  [763, 1000, 0.99, 0.7266993154560097, 0.7958337318047983],
])('%d of %d at %d', (successes, trials, confidence, low, high) => {
  const interval = wilsonInterval(successes, trials, confidence);
  expect(interval.low).toBeCloseTo(low, 12);
  expect(interval.high).toBeCloseTo(high, 12);
});

test('refuses what is not a proportion', () => {
  for (const [successes, trials] of [
    [1, 0],
    [-1, 5],
    [6, 5],
    [0.5, 5],
  ] as const) {
    expect(() => wilsonInterval(successes, trials)).toThrow(/give whole numbers/);
  }
  expect(() => wilsonInterval(1, 5, 1)).toThrow(/confidence is 1/);
});
