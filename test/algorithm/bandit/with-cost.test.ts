import {
  epsilonGreedy,
  exp3,
  linThompson,
  linUcb,
  uniform,
  withCost,
  withExploration,
} from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

const costs = { eurus: 1, qwen: 4, olmo: 2 };
banditCases(withCost(linUcb, { costWeight: 0.3, costs }), { alpha: 0.5, ridge: 1 }, { contextual: true });
banditCases(withCost(linThompson, { costWeight: 0.3, costs }), { posteriorScale: 0.5, ridge: 1 }, { contextual: true });
banditCases(
  withExploration(withCost(epsilonGreedy, { costWeight: 0.3, costs }), 0.1),
  { epsilon: 0.1, initialMean: 1 },
  { contextual: false },
);

const history = [
  { arm: 'cheap', context: [1], reward: 0.6, propensity: 1 },
  { arm: 'dear', context: [1], reward: 0.9, propensity: 1 },
];
const state = history.reduce(linUcb.update, linUcb.create({ alpha: 0, ridge: 1e-6 }, ['cheap', 'dear', 'free']));
const choose = (costWeight: number) =>
  withCost(linUcb, { costWeight, costs: { cheap: 1, dear: 10 } }).selectArm(state, [1], { random: seededRandom(1) });

test('the dearer arm must be better by its share of the cost', () => {
  expect(choose(0.3).arm).toBe('dear');
  expect(choose(0.35).arm).toBe('cheap');
});

test('scores and means are after the cost, divided by the highest', () => {
  const [cheap, dear, free] = choose(0.5).arms;
  expect(cheap?.score).toBeCloseTo(0.55, 5);
  expect(dear?.score).toBeCloseTo(0.4, 5);
  expect(dear?.mean).toBeCloseTo(0.4, 5);
  expect(free?.score).toBe(0);
});

test('without weight or costs it is the bandit itself', () => {
  expect(withCost(linUcb, { costWeight: 0, costs })).toBe(linUcb);
  expect(withCost(linUcb, { costWeight: 1, costs: {} })).toBe(linUcb);
});

test('refuses bandits whose scores are not rewards, and costs that are none', () => {
  expect(() => withCost(exp3, { costWeight: 1, costs })).toThrow(/exp3: costs need scores in units of reward/);
  expect(() => withCost(uniform, { costWeight: 1, costs })).toThrow(/uniform: costs need/);
  expect(() => withCost(linUcb, { costWeight: -1, costs })).toThrow(/costWeight is -1/);
  expect(() => withCost(linUcb, { costWeight: 1, costs: { a: NaN } })).toThrow(/the cost of 'a' is NaN/);
});
