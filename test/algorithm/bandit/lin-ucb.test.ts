import * as fc from 'fast-check';
import { linUcb } from '../../../algorithm/bandit';
import { learnDual, predictDual, type DualRidge } from '../../../algorithm/bandit/ridge/dual-ridge';
import { emptyRidge, learnRidge, predictRidge } from '../../../algorithm/bandit/ridge/ridge';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';
import { TextbookLinUcb } from './textbook-lin-ucb';

banditCases(linUcb, { alpha: 0.5, ridge: 1 }, { contextual: true });

const random = seededRandom(0);
const near = (left: number, right: number) =>
  Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));

/** Campaigns from 0 to 40 rounds in 1 to 7 dimensions, so that arms cross from the dual to the primal form on the way. */
const campaign = fc.record({
  dimension: fc.integer({ min: 1, max: 7 }),
  armCount: fc.integer({ min: 1, max: 4 }),
  alpha: fc.double({ min: 0, max: 3, noNaN: true }),
  ridge: fc.double({ min: 0.1, max: 10, noNaN: true }),
  rounds: fc.integer({ min: 0, max: 40 }),
  seed: fc.nat(),
});

test('equals the textbook form with A⁻¹ in every round: means, widths and decisions', () => {
  let crossed = 0;
  fc.assert(
    fc.property(campaign, ({ dimension, armCount, alpha, ridge, rounds, seed }) => {
      const chance = seededRandom(seed);
      const arms = Array.from({ length: armCount }, (_, k) => `rm-${k}`);
      const textbook = new Map(arms.map((arm) => [arm, new TextbookLinUcb(dimension, ridge)]));
      let state = linUcb.create({ alpha, ridge }, arms);
      for (let round = 0; round <= rounds; round += 1) {
        const context = Array.from({ length: dimension }, () => chance.normal() * 2);
        const decision = linUcb.selectArm(state, context, { random });
        const expected = arms.map((arm) => {
          const { mean, variance } = textbook.get(arm)?.predict(context) ?? { mean: NaN, variance: NaN };
          return { arm, mean, width: alpha * Math.sqrt(variance), score: mean + alpha * Math.sqrt(variance) };
        });
        decision.arms.forEach(({ mean, width }, k) => {
          expect(near(mean, expected[k]?.mean ?? NaN)).toBe(true);
          expect(near(width, expected[k]?.width ?? NaN)).toBe(true);
        });
        const best = expected.reduce((high, each) => (each.score > high.score ? each : high));
        const chosen = expected.find(({ arm }) => arm === decision.arm);
        if (chosen !== best) expect(near(chosen?.score ?? NaN, best.score)).toBe(true);

        const reward = chance.nextFloat();
        state = linUcb.update(state, { arm: decision.arm, context, reward, propensity: decision.propensity });
        textbook.get(decision.arm)?.learn(context, reward);
      }
      if (state.arms.some(({ knowledge }) => knowledge.form === 'primal')) crossed += 1;
    }),
    { numRuns: 200 },
  );
  expect(crossed).toBeGreaterThan(20);
});

test('the switch to the primal form cannot be seen: the dual form goes on to the same numbers', () => {
  const chance = seededRandom(5);
  const [dimension, ridge] = [6, 0.7];
  let switching = emptyRidge;
  let dual = emptyRidge as DualRidge;
  for (let pull = 0; pull < 60; pull += 1) {
    const context = Array.from({ length: dimension }, () => chance.normal());
    const probe = Array.from({ length: dimension }, () => chance.normal());
    const reward = chance.nextFloat();
    switching = learnRidge(switching, context, reward, ridge);
    dual = learnDual(dual, context, reward, ridge);
    expect(switching.form).toBe(pull < dimension ? 'dual' : 'primal');
    const left = predictRidge(switching, probe, ridge);
    const right = predictDual(dual, probe, ridge);
    expect(near(left.mean, right.mean) && near(left.variance, right.variance)).toBe(true);
  }
});

test('the width keeps its digits when the same large context comes again and again: cᵀA⁻¹c = c·c/(λ + t·c·c)', () => {
  const context = Array.from({ length: 50 }, (_, i) => 300 + i);
  const squaredNorm = context.reduce((sum, value) => sum + value * value, 0);
  let ridge = emptyRidge;
  for (let pull = 1; pull <= 40; pull += 1) {
    ridge = learnRidge(ridge, context, 0.5, 1);
    const { variance } = predictRidge(ridge, context, 1);
    expect(Math.abs(variance * ((1 + pull * squaredNorm) / squaredNorm) - 1)).toBeLessThan(1e-11);
  }
});

test('a zero context scores every arm 0 and teaches nothing', () => {
  let state = linUcb.create({ alpha: 1, ridge: 1 }, ['a', 'b']);
  state = linUcb.update(state, { arm: 'b', context: [1, 2], reward: 1, propensity: 1 });
  const before = linUcb.selectArm(state, [1, 1], { random });
  expect(linUcb.selectArm(state, [0, 0], { random }).arms.map(({ score }) => score)).toEqual([0, 0]);
  state = linUcb.update(state, { arm: 'b', context: [0, 0], reward: 1, propensity: 1 });
  expect(linUcb.selectArm(state, [1, 1], { random })).toEqual(before);
});

test('ties go to the first arm', () => {
  const state = linUcb.create({ alpha: 1, ridge: 1 }, ['c', 'a', 'b']);
  expect(linUcb.selectArm(state, [1, 2], { random }).arm).toBe('c');
  expect(linUcb.selectArm(state, [1, 2], { random, mask: ['c'] }).arm).toBe('a');
});

test('refuses α below 0, λ of 0 and numbers that overflow', () => {
  expect(() => linUcb.create({ alpha: -1, ridge: 1 }, ['a'])).toThrow(/alpha is -1/);
  expect(() => linUcb.create({ alpha: 1, ridge: 0 }, ['a'])).toThrow(/ridge is 0; give a finite number above 0/);
  const state = linUcb.create({ alpha: 1, ridge: 1 }, ['a']);
  expect(() => linUcb.selectArm(state, [1e200, 1e200], { random })).toThrow(/scale contexts and rewards down/);
});

test('appends without copying what was learned before', () => {
  let state = linUcb.create({ alpha: 1, ridge: 1 }, ['a']);
  const context = [1, 2, 3];
  state = linUcb.update(state, { arm: 'a', context, reward: 1, propensity: 1 });
  const grown = linUcb.update(state, { arm: 'a', context: [3, 2, 1], reward: 0, propensity: 1 });
  const [before, after] = [state, grown].map(({ arms }) => arms[0]?.knowledge as DualRidge);
  expect(after?.contexts[0]).toBe(context);
  expect(after?.cholesky[0]).toBe(before?.cholesky[0]);
});

test('an initial mean m is what an unknown arm is worth; what is learned is r − m', () => {
  const m = 0.7;
  const arms = ['a', 'b'];
  const chance = seededRandom(3);
  let plain = linUcb.create({ alpha: 0.4, ridge: 1 }, arms);
  let raised = linUcb.create({ alpha: 0.4, ridge: 1, initialMean: m }, arms);
  for (let round = 0; round < 30; round += 1) {
    const context = [chance.normal(), chance.normal(), 1];
    const expected = linUcb.selectArm(plain, context, { random }).arms;
    linUcb.selectArm(raised, context, { random }).arms.forEach(({ mean, width, score }, k) => {
      expect(mean).toBeCloseTo(m + expected[k]!.mean, 9);
      expect(width).toBeCloseTo(expected[k]!.width, 9);
      expect(score).toBeCloseTo(m + expected[k]!.score, 9);
    });
    const pull = { arm: arms[round % 2]!, context, propensity: 1 };
    const reward = chance.nextFloat();
    plain = linUcb.update(plain, { ...pull, reward: reward - m });
    raised = linUcb.update(raised, { ...pull, reward });
  }
});

test.each([
  [0, ['a', 'a', 'a', 'a', 'a', 'a']],
  [0.7, ['a', 'b', 'c', 'c', 'c', 'c']],
])('with a small α and an initial mean of %s the pulls are %j', (initialMean, expected) => {
  const rewards: Record<string, number> = { a: 0.5, b: 0.55, c: 0.9 };
  let state = linUcb.create({ alpha: 0.2, ridge: 1, initialMean }, Object.keys(rewards));
  const pulls = expected.map(() => {
    const { arm, propensity } = linUcb.selectArm(state, [1], { random });
    state = linUcb.update(state, { arm, context: [1], reward: rewards[arm]!, propensity });
    return arm;
  });
  expect(pulls).toEqual(expected);
});
