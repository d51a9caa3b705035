import { winRateInterval } from '../../../algorithm/evaluation/win-rate-interval';
import { wilsonInterval } from '../../../algorithm/statistics/wilson-interval';

/** P(interval covers the true win rate) over all outcomes of `prompts` comparisons with these chances. */
function coverage(prompts: number, win: number, loss: number): number {
  const truth = win + (1 - win - loss) / 2;
  const logFactorial = Array.from({ length: prompts + 1 }, () => 0);
  for (let n = 1; n <= prompts; n += 1) logFactorial[n] = logFactorial[n - 1]! + Math.log(n);
  let covered = 0;
  for (let wins = 0; wins <= prompts; wins += 1) {
    for (let losses = 0; wins + losses <= prompts; losses += 1) {
      const ties = prompts - wins - losses;
      const ways = logFactorial[prompts]! - logFactorial[wins]! - logFactorial[losses]! - logFactorial[ties]!;
      const { low, high } = winRateInterval(wins, losses, prompts);
      if (low > truth || high < truth) continue;
      covered += Math.exp(ways + wins * Math.log(win) + losses * Math.log(loss) + ties * Math.log(1 - win - loss));
    }
  }
  return covered;
}

test.each([
  [40, 0.3, 0.3],
  [40, 0.5, 0.2],
  [40, 0.1, 0.02],
  [100, 0.45, 0.45],
  [100, 0.7, 0.1],
  [100, 0.05, 0.05],
])('over %i prompts with chances %d and %d, 95 %% intervals cover the truth', (prompts, win, loss) => {
  expect(coverage(prompts, win, loss)).toBeGreaterThan(0.93);
});

test('ties make it narrower than an interval of a proportion, and wins and losses exchange', () => {
  const { low, high } = winRateInterval(30, 20, 200);
  const proportion = wilsonInterval(105, 200);
  expect(high - low).toBeLessThan(0.6 * (proportion.high - proportion.low));
  const back = winRateInterval(20, 30, 200);
  expect([1 - back.high, 1 - back.low]).toEqual([expect.closeTo(low, 12), expect.closeTo(high, 12)]);
});

test('stays within 0 and 1 and holds the rate', () => {
  expect(winRateInterval(5, 0, 5).high).toBe(1);
  expect(winRateInterval(0, 5, 5).low).toBe(0);
  for (const [wins, losses] of [
    [1, 0],
    [0, 1],
    [3, 1],
    [0, 0],
  ] as const) {
    const { low, high } = winRateInterval(wins, losses, 4);
    const rate = (wins + (4 - wins - losses) / 2) / 4;
    expect(low).toBeLessThan(rate);
    expect(high).toBeGreaterThan(rate);
  }
});

test.each([
  [1, 1, 1],
  [0, 0, 0],
  [-1, 0, 3],
  [0.5, 0, 3],
])('%d wins and %d losses of %d are refused', (wins, losses, judged) => {
  expect(() => winRateInterval(wins, losses, judged)).toThrow(/give counts, wins \+ losses ≤ judged/);
});
