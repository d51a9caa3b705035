import * as fc from 'fast-check';
import { heldOutGain } from '../../../algorithm/reward/held-out-gain';

test('splits a category’s gain by pulls, and rewards every pull there with it', () => {
  const pulls = [
    { category: 'add', rewardModelId: 'eurus', count: 3 },
    { category: 'add', rewardModelId: 'qwen', count: 1 },
    { category: 'sort', rewardModelId: 'qwen', count: 2 },
    { category: 'reverse', rewardModelId: 'olmo', count: 0 },
  ];
  const { credit, banditRewards, total } = heldOutGain(
    { add: 0.25, sort: 0.5, reverse: 0.1 },
    { add: 0.75, sort: 0.25, reverse: 0.9 },
    pulls,
  );
  expect(credit['eurus']).toBeCloseTo((0.5 * 3) / 4 / 2, 12);
  expect(credit['qwen']).toBeCloseTo((0.5 / 4 - 0.25) / 2, 12);
  expect(credit).not.toHaveProperty('olmo');
  expect(banditRewards).toEqual({ add: { eurus: 0.75, qwen: 0.75 }, sort: { qwen: 0.375 } });
  expect(total).toBeCloseTo(0.125, 12);
});

test('all credit sums to the mean gain', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const accuracies = fc.record({ add: share, sort: share });
  const pulls = fc.array(
    fc.record({
      category: fc.constantFrom('add', 'sort'),
      rewardModelId: fc.constantFrom('a', 'b', 'c'),
      count: fc.integer({ min: 0, max: 9 }),
    }),
  );
  fc.assert(
    fc.property(accuracies, accuracies, pulls, (before, after, asked) => {
      const { credit, total, banditRewards } = heldOutGain(before, after, asked);
      expect(Object.values(credit).reduce((sum, each) => sum + each, 0)).toBeCloseTo(total, 9);
      const rewards = Object.values(banditRewards).flatMap((byModel) => Object.values(byModel));
      expect(rewards.every((reward) => reward >= 0 && reward <= 1)).toBe(true);
    }),
  );
});

test('refuses a category that was not measured both times', () => {
  const pulls = [{ category: 'add', rewardModelId: 'eurus', count: 1 }];
  expect(() => heldOutGain({ add: 0.5 }, {}, pulls)).toThrow(/category 'add' has accuracies 0.5 and undefined/);
  expect(() => heldOutGain({ add: 50 }, { add: 75 }, pulls)).toThrow(/from 0 to 1/);
  expect(heldOutGain({}, {}, [])).toEqual({ credit: {}, banditRewards: {}, total: 0 });
});
