import { ownTrend } from '../../../algorithm';

const options = { decay: 0.5, clip: 2 };

test('by hand: averages 1.5 and 2.5 after losses 1 and 2', () => {
  const { rawReward, banditReward } = ownTrend([1, 2], 1.25, options);
  expect(rawReward).toBeCloseTo(0.25 / Math.sqrt(0.25 + 1e-6), 12);
  expect(banditReward).toBeCloseTo((rawReward / 2 + 1) / 2, 12);
});

test('the first loss has nothing to be compared with', () => {
  expect(ownTrend([], 9, options)).toEqual({ rawReward: 0, banditReward: 0.5 });
});

test('clipped on both sides', () => {
  expect(ownTrend([1, 1, 1], 0.5, options)).toEqual({ rawReward: 2, banditReward: 1 });
  expect(ownTrend([1, 1, 1], 1.5, options)).toEqual({ rawReward: -2, banditReward: 0 });
});

test('a reward model whose losses are all higher by the same is rewarded alike', () => {
  const low = ownTrend([0.4, 0.6, 0.5], 0.45, options);
  const high = ownTrend([5.4, 5.6, 5.5], 5.45, options);
  expect(high.rawReward).toBeCloseTo(low.rawReward, 6);
});

test('a loss that is not finite is refused', () => {
  expect(() => ownTrend([1], Number.NaN, options)).toThrow('the loss is NaN');
});
