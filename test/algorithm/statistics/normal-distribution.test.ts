import { normalCdf, normalDensity, normalQuantile } from '../../../algorithm/statistics/normal-distribution';

/** scipy.special.ndtr(x), scipy 1.17.1. */
test.each([
  [-8, 6.22096057427174e-16],
  [-3, 0.0013498980316300933],
  [-1, 0.15865525393145707],
  [-0.1, 0.460172162722971],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [2, 0.9772498680518208],
  [6, 0.9999999990134123],
  [40, 1],
  [-40, 0],
])('normalCdf(%d)', (x, expected) => expect(Math.abs(normalCdf(x) - expected)).toBeLessThan(2e-15));

/** scipy.special.ndtri(p), scipy 1.17.1. */
test.each([
  [0.001, -3.090232306167813],
  [0.025, -1.9599639845400545],
  [0.3, -0.5244005127080409],
  [0.5, 0],
  [0.9, 1.2815515655446004],
  [0.975, 1.959963984540054],
  [0.9995, 3.2905267314919255],
])('normalQuantile(%d)', (p, expected) => expect(normalQuantile(p)).toBeCloseTo(expected, 11));

test('the density at 0 is 1/√2π, and a quantile needs a probability', () => {
  expect(normalDensity(0)).toBeCloseTo(0.3989422804014327, 15);
  expect(normalCdf(NaN)).toBeNaN();
  for (const p of [0, 1, -1, NaN]) expect(() => normalQuantile(p)).toThrow(/give a probability/);
});

test('a probability lies in [0, 1], also where rounding would carry it out', () => {
  const everywhere = Array.from({ length: 20_001 }, (_, i) => normalCdf((i - 10_000) / 1000));
  expect(Math.min(...everywhere)).toBe(0);
  expect(Math.max(...everywhere)).toBe(1);
});
