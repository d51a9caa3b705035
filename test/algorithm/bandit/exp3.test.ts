import { exp3 } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

banditCases(exp3, { gamma: 0.2 }, { contextual: false });
banditCases(exp3, { gamma: 1 }, { contextual: false });

const random = seededRandom(3);

test('follows the formula of Auer et al. with plain weights', () => {
  const gamma = 0.3;
  const arms = ['a', 'b', 'c'];
  const weights = new Map(arms.map((arm) => [arm, 1]));
  let state = exp3.create({ gamma }, arms);
  for (let round = 0; round < 200; round += 1) {
    const decision = exp3.selectArm(state, [], { random });
    const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
    for (const { arm, propensity } of decision.arms) {
      expect(propensity).toBeCloseTo(((1 - gamma) * (weights.get(arm) ?? NaN)) / sum + gamma / 3, 9);
    }
    const { arm, propensity } = decision;
    const reward = arm === 'b' ? 0.8 : 0.3;
    weights.set(arm, (weights.get(arm) ?? NaN) * Math.exp((gamma * reward) / propensity / 3));
    state = exp3.update(state, { arm, context: [], reward, propensity });
  }
  expect(exp3.selectArm(state, [], { random }).arms[1]?.propensity).toBeGreaterThan(0.7);
});

test('does not overflow in a long campaign', () => {
  let state = exp3.create({ gamma: 0.5 }, ['a', 'b']);
  for (let round = 0; round < 5000; round += 1) {
    state = exp3.update(state, { arm: 'a', context: [], reward: 1, propensity: 0.5 });
  }
  expect(exp3.selectArm(state, [], { random }).arms.map(({ propensity }) => propensity)).toEqual([0.75, 0.25]);
});

test('gives a new arm the average log-weight', () => {
  let state = exp3.create({ gamma: 0.5 }, ['a', 'b']);
  state = exp3.update(state, { arm: 'a', context: [], reward: 1, propensity: 0.5 });
  expect(exp3.addArm(state, 'c').arms[2]?.knowledge.logWeight).toBeCloseTo(0.25, 12);
});

test('refuses rewards outside [0, 1] and γ outside (0, 1]', () => {
  const state = exp3.create({ gamma: 0.5 }, ['a', 'b']);
  expect(() => exp3.update(state, { arm: 'a', context: [], reward: 1.1, propensity: 1 })).toThrow(
    /rewards from 0 to 1/,
  );
  expect(() => exp3.create({ gamma: 0 }, ['a'])).toThrow(/gamma is 0/);
});
