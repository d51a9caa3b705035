import { mcnemarExact } from '../../../algorithm/statistics/mcnemar-exact';

const pairsOf = (onlyFirst: number, onlySecond: number): [boolean, boolean][] => [
  ...new Array<[boolean, boolean]>(onlyFirst).fill([true, false]),
  ...new Array<[boolean, boolean]>(onlySecond).fill([false, true]),
  ...new Array<[boolean, boolean]>(5).fill([true, true]),
  ...new Array<[boolean, boolean]>(7).fill([false, false]),
];

/**
 * statsmodels.stats.contingency_tables.mcnemar([[5, b], [c, 7]], exact=True).pvalue, statsmodels 0.15.0; from 400 on
 * scipy.stats.binomtest(b, b + c, 0.5).pvalue, scipy 1.17.1.
 */
test.each([
  [0, 0, 1],
  [1, 9, 0.021484375],
  [12, 5, 0.143463134765625],
  [30, 31, 1],
  [480, 520, 0.2174482932041415],
  [400, 600, 2.728464156065947e-10],
  [49_800, 50_200, 0.2070389717642225],
  [49_000, 51_000, 2.5887160383468943e-10],
])('%d against %d', (onlyFirst, onlySecond, expected) => {
  const result = mcnemarExact(pairsOf(onlyFirst, onlySecond));
  expect(result).toMatchObject({ onlyFirst, onlySecond });
  expect(Math.abs(result.pValue / expected - 1)).toBeLessThan(1e-9);
  expect(mcnemarExact(pairsOf(onlySecond, onlyFirst)).pValue).toBe(result.pValue);
});
