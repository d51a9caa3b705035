import { epsilonGreedy } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

banditCases(epsilonGreedy, { epsilon: 0.2, initialMean: 1 }, { contextual: false });
banditCases(epsilonGreedy, { epsilon: 0, initialMean: 0 }, { contextual: false });

test('tries every arm, then keeps to the best average', () => {
  const rewards: Record<string, number> = { a: 0.4, b: 0.9, c: 0.6 };
  let state = epsilonGreedy.create({ epsilon: 0, initialMean: 1 }, ['a', 'b', 'c']);
  let pulled = '';
  for (let round = 0; round < 6; round += 1) {
    const { arm, propensity } = epsilonGreedy.selectArm(state, [], { random: seededRandom(round) });
    pulled += arm;
    state = epsilonGreedy.update(state, { arm, context: [], reward: rewards[arm] ?? 0, propensity });
  }
  expect(pulled).toBe('abcbbb');
});

test('shares ε over the available arms', () => {
  const state = epsilonGreedy.create({ epsilon: 0.3, initialMean: 1 }, ['a', 'b', 'c', 'd']);
  const { arms } = epsilonGreedy.selectArm(state, [], { random: seededRandom(1), mask: ['a'] });
  const expected = [0, 0.8, 0.1, 0.1];
  arms.forEach(({ propensity }, k) => expect(propensity).toBeCloseTo(expected[k] ?? NaN, 12));
});

test('refuses parameters out of range', () => {
  expect(() => epsilonGreedy.create({ epsilon: 1.5, initialMean: 1 }, ['a'])).toThrow(/epsilon is 1.5/);
  expect(() => epsilonGreedy.create({ epsilon: 0.1, initialMean: NaN }, ['a'])).toThrow(/initialMean is NaN/);
});
