import * as fc from 'fast-check';
import { createQuantileNormaliser, normaliseReward } from '../../../algorithm/reward/quantile-normaliser';

const parameters = { lowQuantile: 0.2, highQuantile: 0.8 };

function normaliseAll(rawRewards: readonly number[]): number[] {
  let state = createQuantileNormaliser(parameters);
  return rawRewards.map((rawReward) => {
    const normalised = normaliseReward(state, rawReward);
    state = normalised.state;
    return normalised.banditReward;
  });
}

/**
 * h.append(r); lo, hi = numpy.quantile(h, .2), numpy.quantile(h, .8)
 * 0.5 if lo == hi else numpy.clip((r - lo) / (hi - lo), 0, 1)    numpy 2.4.6
 */
test('agrees with numpy, reward by reward', () => {
  const found = normaliseAll([-0.9, -0.7, -0.8, -0.75, -1.4, -0.72, -0.76]);
  const expected = [0.5, 1.0, 0.49999999999999956, 0.8181818181818182, 0.0, 1.0, 0.779220779220779];
  expect(found).toHaveLength(expected.length);
  found.forEach((banditReward, i) => expect(banditReward).toBeCloseTo(expected[i] ?? NaN, 12));
});

test('says 0.5 when the history says nothing', () => {
  expect(normaliseAll([-3])).toEqual([0.5]);
  expect(normaliseAll([-3, -3, -3])).toEqual([0.5, 0.5, 0.5]);
});

test('is in [0, 1], rises with the reward, and does not depend on its unit', () => {
  const raw = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(raw, { minLength: 2 }), raw, raw, (history, left, right) => {
      const state = { parameters, history };
      const [low, high] = [Math.min(left, right), Math.max(left, right)].map(
        (r) => normaliseReward(state, r).banditReward,
      );
      expect(low !== undefined && high !== undefined && 0 <= low && low <= 1 && 0 <= high && high <= 1).toBe(true);
      const scaled = { parameters, history: history.map((value) => 4 * value + 16) };
      expect(normaliseReward(scaled, 4 * left + 16).banditReward).toBeCloseTo(
        normaliseReward(state, left).banditReward,
        9,
      );
    }),
  );
});

test('does not change the state it is given', () => {
  const state = createQuantileNormaliser(parameters);
  expect(normaliseReward(state, -1).state.history).toEqual([-1]);
  expect(state.history).toEqual([]);
});

test('refuses a reward that is no number, and quantiles out of order', () => {
  expect(() => normaliseReward(createQuantileNormaliser(parameters), NaN)).toThrow(/raw reward is NaN/);
  expect(() => createQuantileNormaliser({ lowQuantile: 0.8, highQuantile: 0.2 })).toThrow(/give 0 ≤ low < high ≤ 1/);
});
