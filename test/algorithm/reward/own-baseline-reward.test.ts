import { ownBaselineReward } from '../../../algorithm/reward/own-baseline-reward';
import { seededRandom } from '../../../algorithm/seeded-random';

const options = { decay: 0.1, clip: 2, warmUp: 3 };

test('by hand: below its usual loss in standard deviations, cut at ± clip', () => {
  const earlier = [1, 0.8, 1.1];
  const usual = (1 * 0.9 + 0.8 * 0.1) * 0.9 + 1.1 * 0.1;
  const square = (1 * 0.9 + 0.64 * 0.1) * 0.9 + 1.21 * 0.1;
  const z = (usual - 0.95) / Math.sqrt(square - usual * usual + 1e-6);
  const { rawReward, banditReward } = ownBaselineReward(earlier, 0.95, options);
  expect(rawReward).toBeCloseTo(z, 12);
  expect(banditReward).toBeCloseTo((z / 2 + 1) / 2, 12);
  expect(ownBaselineReward(earlier, -9, options)).toEqual({ rawReward: 2, banditReward: 1 });
  expect(ownBaselineReward(earlier, 9, options)).toEqual({ rawReward: -2, banditReward: 0 });
});

test('says nothing while a reward model warms up', () => {
  expect(ownBaselineReward([1, 2], 1, options)).toEqual({ rawReward: null, banditReward: null });
});

test('takes the difference between reward models away, as its doc comment says', () => {
  const random = seededRandom(11);
  const meanReward = (level: number) => {
    const losses: number[] = [];
    let sum = 0;
    for (let round = 0; round < 400; round += 1) {
      const loss = level + 0.1 * random.normal();
      sum += ownBaselineReward(losses, loss, options).banditReward ?? 0.5;
      losses.push(loss);
    }
    return sum / 400;
  };
  expect(Math.abs(meanReward(0.4) - meanReward(0.9))).toBeLessThan(0.04);
});

test('refuses losses that are no numbers, and options out of range', () => {
  expect(() => ownBaselineReward([1, NaN], 1, options)).toThrow(/a loss is not finite/);
  expect(() => ownBaselineReward([], 1, { ...options, decay: 0 })).toThrow(/decay is 0/);
});
