import { linThompson, linUcb } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

banditCases(linThompson, { posteriorScale: 0.5, ridge: 1 }, { contextual: true });

test('believes what LinUCB believes: the same means and, with α = v, the same widths', () => {
  const chance = seededRandom(8);
  let thompson = linThompson.create({ posteriorScale: 0.4, ridge: 2 }, ['a', 'b']);
  let ucb = linUcb.create({ alpha: 0.4, ridge: 2 }, ['a', 'b']);
  for (let round = 0; round < 12; round += 1) {
    const context = [chance.normal(), chance.normal(), chance.normal()];
    const drawn = linThompson.selectArm(thompson, context, { random: chance });
    const believed = linUcb.selectArm(ucb, context, { random: chance });
    const meansAndWidths = (decision: typeof drawn) => decision.arms.map(({ mean, width }) => ({ mean, width }));
    expect(meansAndWidths(drawn)).toEqual(meansAndWidths(believed));
    const observation = { arm: drawn.arm, context, reward: chance.nextFloat(), propensity: drawn.propensity };
    thompson = linThompson.update(thompson, observation);
    ucb = linUcb.update(ucb, observation);
  }
});

test('draws scores from N(mean, width²)', () => {
  const state = linThompson.create({ posteriorScale: 0.5, ridge: 1 }, ['a', 'b']);
  const random = seededRandom(2);
  const draws = Array.from(
    { length: 2500 },
    () => linThompson.selectArm(state, [3, 4], { random }).arms[0]?.score ?? NaN,
  );
  const mean = draws.reduce((sum, score) => sum + score, 0) / draws.length;
  const deviation = Math.sqrt(draws.reduce((sum, score) => sum + (score - mean) ** 2, 0) / draws.length);
  expect(Math.abs(mean)).toBeLessThan(0.2);
  expect(Math.abs(deviation - 2.5)).toBeLessThan(0.15);
});

test('a mask does not shift the other arms’ luck', () => {
  const state = linThompson.create({ posteriorScale: 0.5, ridge: 1 }, ['a', 'b', 'c']);
  const scores = (mask: string[]) =>
    linThompson.selectArm(state, [1, 1], { random: seededRandom(6), mask }).arms.map(({ score }) => score);
  expect(scores(['a'])).toEqual(scores([]));
});

test('without spread takes the highest mean', () => {
  let state = linThompson.create({ posteriorScale: 0, ridge: 1 }, ['a', 'b']);
  state = linThompson.update(state, { arm: 'b', context: [1], reward: 1, propensity: 1 });
  const decision = linThompson.selectArm(state, [1], { random: seededRandom(1) });
  expect(decision).toMatchObject({ arm: 'b', propensity: 1 });
});
