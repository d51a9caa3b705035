import * as fc from 'fast-check';
import { linThompson, type GaussianPrior } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';
import { TextbookLinUcb } from './textbook-lin-ucb';

const priors = { eurus: { mean: [0.2, -0.1, 0.3], precision: 4 }, skywork: { mean: [0, 0, 0], precision: 1 } };
banditCases(linThompson, { posteriorScale: 0.5, ridge: 1, priors }, { contextual: true });

const decide = (state: ReturnType<typeof linThompson.create>, context: number[]) =>
  linThompson.selectArm(state, context, { random: seededRandom(1) }).arms[0]!;

test('is the textbook posterior with A = λI and b = λμ at the start, below and past d pulls', () => {
  const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
  const context = fc.tuple(coordinate, coordinate, coordinate);
  const pulls = fc.array(fc.tuple(context, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 9 });
  fc.assert(
    fc.property(
      context,
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      pulls,
      context,
      (mean, precision, observed, at) => {
        const textbook = new TextbookLinUcb(3, precision);
        mean.forEach((component, i) => (textbook.b[i] = precision * component));
        const parameters = { posteriorScale: 0.5, ridge: 1, priors: { a: { mean, precision } } };
        let state = linThompson.create(parameters, ['a']);
        for (const [seen, reward] of observed) {
          textbook.learn(seen, reward);
          state = linThompson.update(state, { arm: 'a', context: seen, reward, propensity: 1 });
        }
        const expected = textbook.predict(at);
        const believed = decide(state, at);
        expect(believed.mean).toBeCloseTo(expected.mean, 7);
        expect(believed.width).toBeCloseTo(0.5 * Math.sqrt(Math.max(0, expected.variance)), 5);
      },
    ),
  );
});

test('a prior of mean 0 and precision λ is no prior; arms without one have none', () => {
  const none = linThompson.create({ posteriorScale: 0.5, ridge: 2 }, ['a', 'b']);
  const zero = linThompson.create({ posteriorScale: 0.5, ridge: 2, priors: { a: { mean: [0, 0], precision: 2 } } }, [
    'a',
    'b',
  ]);
  const observation = { arm: 'a', context: [1, 2], reward: 0.7, propensity: 1 };
  const random = () => ({ random: seededRandom(3) });
  expect(linThompson.selectArm(linThompson.update(zero, observation), [1, 1], random())).toEqual(
    linThompson.selectArm(linThompson.update(none, observation), [1, 1], random()),
  );
});

test('a right prior finds the good arm at once; a wrong one is unlearned', () => {
  const worth: Record<string, number> = { a: 0.3, b: 0.7 };
  const share = (given: Record<string, GaussianPrior>, from: number, to: number) => {
    let good = 0;
    for (let seed = 0; seed < 20; seed += 1) {
      const random = seededRandom(seed);
      let state = linThompson.create({ posteriorScale: 0.3, ridge: 1, priors: given }, ['a', 'b']);
      for (let round = 0; round < to; round += 1) {
        const { arm, propensity } = linThompson.selectArm(state, [1], { random });
        if (round >= from && arm === 'b') good += 1 / (20 * (to - from));
        const reward = worth[arm]! + 0.1 * random.normal();
        state = linThompson.update(state, { arm, context: [1], reward, propensity });
      }
    }
    return good;
  };
  const right = { a: { mean: [0.3], precision: 5 }, b: { mean: [0.7], precision: 5 } };
  const wrong = { a: { mean: [0.7], precision: 5 }, b: { mean: [0.3], precision: 5 } };
  expect(share(right, 0, 8)).toBeGreaterThan(0.9);
  expect(share(wrong, 0, 8)).toBeLessThan(0.4);
  expect(share(wrong, 80, 100)).toBeGreaterThan(0.85);
});

test('refuses priors that do not fit', () => {
  const create = (prior: GaussianPrior) =>
    linThompson.create({ posteriorScale: 1, ridge: 1, priors: { a: prior } }, ['a']);
  expect(() => create({ mean: [1], precision: 0 })).toThrow(/precision of the prior of 'a' is 0/);
  expect(() => create({ mean: [NaN], precision: 1 })).toThrow(/prior mean of 'a' is not finite/);
  expect(() => decide(create({ mean: [1], precision: 1 }), [1, 2])).toThrow(/2 values, but the prior mean 1/);
});
