import { linUcb, withExploration } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

banditCases(withExploration(linUcb, 0.25), { alpha: 0.5, ridge: 1 }, { contextual: true });
banditCases(withExploration(linUcb, 1), { alpha: 0.5, ridge: 1 }, { contextual: true });

const state = linUcb.create({ alpha: 1, ridge: 1 }, ['a', 'b', 'c']);

test('gives every available arm at least ε/K', () => {
  const { arms } = withExploration(linUcb, 0.1).selectArm(state, [1, 2], { random: seededRandom(4), mask: ['a'] });
  const expected = [0, 0.95, 0.05];
  arms.forEach(({ propensity }, k) => expect(propensity).toBeCloseTo(expected[k] ?? NaN, 12));
});

test('with ε = 0 is the bandit itself, and draws nothing', () => {
  const random = seededRandom(4);
  expect(withExploration(linUcb, 0).selectArm(state, [1, 2], { random })).toEqual(
    linUcb.selectArm(state, [1, 2], { random: seededRandom(4) }),
  );
  expect(random.nextFloat()).toBe(seededRandom(4).nextFloat());
});

test('refuses ε outside [0, 1]', () => {
  expect(() => withExploration(linUcb, -0.1)).toThrow(/epsilon is -0.1/);
});
