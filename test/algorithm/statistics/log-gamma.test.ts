import { logGamma } from '../../../algorithm/statistics/log-gamma';

/** scipy.special.gammaln(x), scipy 1.17.1. */
test.each([
  [0.1, 2.252712651734206],
  [0.5, 0.5723649429247],
  [1, 0],
  [2, 0],
  [3.7, 1.428072326665388],
  [10, 12.801827480081469],
  [11.9, 17.25847745059552],
  [12, 17.502307845873887],
  [100, 359.1342053695754],
  [100_001, 1051299.2218991218],
])('logGamma(%d)', (x, expected) => {
  expect(Math.abs(logGamma(x) - expected)).toBeLessThan(5e-15 * Math.max(10, Math.abs(expected)));
});

test('refuses x ≤ 0', () => {
  expect(() => logGamma(0)).toThrow(/x is 0/);
  expect(() => logGamma(NaN)).toThrow(/x is NaN/);
});
