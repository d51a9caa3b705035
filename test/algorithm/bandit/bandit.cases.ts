import * as fc from 'fast-check';
import type { Bandit, BanditState, ContextVector, Observation } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';

const arms = ['eurus', 'qwen', 'olmo', 'zephyr'];
const context: ContextVector = [0.5, -1, 2];
const history: Observation[] = [
  { arm: 'eurus', context: [1, 0, 0.5], reward: 0.9, propensity: 0.5 },
  { arm: 'qwen', context: [0, 1, -0.5], reward: 0.2, propensity: 0.25 },
  { arm: 'olmo', context: [1, 1, 1], reward: 0.6, propensity: 1 },
  { arm: 'eurus', context: [-1, 0.5, 0], reward: 0.4, propensity: 0.75 },
  { arm: 'eurus', context: [0.2, 0.3, 1], reward: 0, propensity: 0.5 },
  { arm: 'eurus', context: [2, 0.3, -1], reward: 1, propensity: 0.5 },
];

/** What every bandit keeps to. `parameters` must go with the arms eurus, qwen, olmo and zephyr, and keep eurus a choice. */
export function banditCases<Parameters, State extends BanditState>(
  bandit: Bandit<Parameters, State>,
  parameters: Parameters,
  { contextual }: { contextual: boolean },
): void {
  const fresh = () => bandit.create(parameters, arms);
  const fold = (observations: readonly Observation[], start = fresh()) => observations.reduce(bandit.update, start);
  const select = (state: State, seed = 1, mask: readonly string[] = []) =>
    bandit.selectArm(state, context, { random: seededRandom(seed), mask });
  const observation = fc.record({
    arm: fc.constantFrom(...arms),
    context: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -5, max: 5, noNaN: true }))),
    reward: fc.double({ min: 0, max: 1, noNaN: true }),
    propensity: fc.double({ min: 0.05, max: 1, noNaN: true }),
  });

  describe(`${bandit.type}, as every bandit`, () => {
    test('refuses no arms and repeated arms', () => {
      expect(() => bandit.create(parameters, [])).toThrow(/there are no arms/);
      expect(() => bandit.create(parameters, ['eurus', 'qwen', 'eurus'])).toThrow(/'eurus' is there already/);
    });

    test('with one arm chooses it for certain', () => {
      const decision = select(bandit.create(parameters, ['eurus']));
      expect(decision).toMatchObject({ arm: 'eurus', propensity: 1, arms: [{ arm: 'eurus', available: true }] });
    });

    test('records every active arm in order, with finite numbers and propensities that sum to 1', () => {
      fc.assert(
        fc.property(fc.array(observation, { maxLength: 12 }), fc.nat(), (observations, seed) => {
          const decision = select(fold(observations), seed);
          expect(decision.arms.map(({ arm }) => arm)).toEqual(arms);
          const numbers = decision.arms.flatMap(({ mean, width, score, propensity }) => [
            mean,
            width,
            score,
            propensity,
          ]);
          expect(numbers.every(Number.isFinite)).toBe(true);
          expect(decision.arms.every(({ width, propensity }) => width >= 0 && propensity >= 0)).toBe(true);
          expect(decision.arms.reduce((sum, { propensity }) => sum + propensity, 0)).toBeCloseTo(1, 9);
          expect(decision.arms.find(({ arm }) => arm === decision.arm)?.propensity).toBe(decision.propensity);
        }),
        { numRuns: 60 },
      );
    });

    test('chooses each arm as often as its propensity says', () => {
      const state = fold(history);
      const draws = 1500;
      const random = seededRandom(7);
      const counts = new Map(arms.map((arm) => [arm, 0]));
      for (let i = 0; i < draws; i += 1) {
        const { arm } = bandit.selectArm(state, context, { random, mask: ['qwen'] });
        counts.set(arm, (counts.get(arm) ?? 0) + 1);
      }
      for (const { arm, propensity } of select(state, 1, ['qwen']).arms) {
        const deviation = Math.abs((counts.get(arm) ?? 0) - draws * propensity);
        expect(deviation).toBeLessThanOrEqual(5 * Math.sqrt(draws * propensity * (1 - propensity)) + 1e-6);
      }
    });

    test('never chooses a masked arm, and says so', () => {
      const { arm, arms: recorded } = select(fold(history), 1, ['qwen', 'olmo']);
      expect(['eurus', 'zephyr']).toContain(arm);
      expect(recorded.map(({ available }) => available)).toEqual([true, false, false, true]);
      expect(recorded.filter(({ available }) => !available).map(({ propensity }) => propensity)).toEqual([0, 0]);
      expect(() => select(fresh(), 1, arms)).toThrow(/all arms are masked/);
      expect(() => select(fresh(), 1, ['nobody'])).toThrow(
        /no arm 'nobody'; known are 'eurus', 'qwen', 'olmo', 'zephyr'/,
      );
    });

    test('keeps its state in JSON', () => {
      const state = fold(history);
      const restored = JSON.parse(JSON.stringify(state)) as State;
      expect(restored).toEqual(state);
      expect(select(restored)).toEqual(select(state));
      expect(bandit.update(restored, history[0] as Observation)).toEqual(
        bandit.update(state, history[0] as Observation),
      );
    });

    test('changes nothing it is given, and folds to the same state every time', () => {
      const frozen = history.reduce((state, each) => deepFreeze(bandit.update(state, each)), deepFreeze(fresh()));
      select(frozen);
      expect(frozen).toEqual(fold(history));
    });

    test('decides the same with the same seed', () => {
      expect(select(fold(history), 99)).toEqual(select(fold(history), 99));
    });

    test('refuses an arm it does not know, and rewards and propensities out of range', () => {
      const observed = history[0] as Observation;
      expect(() => bandit.update(fresh(), { ...observed, arm: 'nobody' })).toThrow(/known are 'eurus', 'qwen'/);
      expect(() => bandit.removeArm(fresh(), 'nobody')).toThrow(/known are 'eurus', 'qwen'/);
      for (const reward of [NaN, Infinity, -Infinity]) {
        expect(() => bandit.update(fresh(), { ...observed, reward })).toThrow(/the reward of arm 'eurus' is/);
      }
      for (const propensity of [0, -0.1, 1.01, NaN]) {
        expect(() => bandit.update(fresh(), { ...observed, propensity })).toThrow(/the propensity of arm 'eurus' is/);
      }
    });

    test('keeps what a removed arm has learned, counts its late feedback, and restores it in its place', () => {
      const state = fold(history);
      const without = bandit.removeArm(state, 'qwen');
      expect(select(without).arms.map(({ arm }) => arm)).toEqual(['eurus', 'olmo', 'zephyr']);
      expect(bandit.addArm(without, 'qwen')).toEqual(state);
      const late: Observation = { arm: 'qwen', context, reward: 0.3, propensity: 0.5 };
      expect(bandit.update(without, late).arms[1]).toMatchObject({ active: false, pulls: 2 });
      expect(() => bandit.removeArm(without, 'qwen')).toThrow(/was removed already/);
      expect(() => bandit.addArm(state, 'qwen')).toThrow(/'qwen' is there already/);
    });

    test('takes in a new arm after the others, and keeps the last one', () => {
      const grown = bandit.addArm(fold(history), 'skywork');
      expect(select(grown).arms.map(({ arm }) => arm)).toEqual([...arms, 'skywork']);
      const alone = ['qwen', 'olmo', 'zephyr', 'skywork'].reduce(bandit.removeArm, grown);
      expect(select(alone)).toMatchObject({ arm: 'eurus', propensity: 1 });
      expect(() => bandit.removeArm(alone, 'eurus')).toThrow(/is the only one left/);
    });

    if (contextual) {
      test('refuses contexts that are empty, not finite or of another length', () => {
        const state = fold(history);
        const selectWith = (bad: ContextVector) => () => bandit.selectArm(state, bad, { random: seededRandom(1) });
        const learnWith = (bad: ContextVector) => () =>
          bandit.update(state, { ...(history[0] as Observation), context: bad });
        for (const attempt of [selectWith, learnWith]) {
          expect(attempt([])).toThrow(/the context is empty/);
          expect(attempt([1, NaN, 1])).toThrow(/context\[1\] is NaN/);
          expect(attempt([1, 1, Infinity])).toThrow(/context\[2\] is Infinity/);
          expect(attempt([1, 2])).toThrow(/has 2 values, but this bandit has learned with 3/);
        }
      });
    } else {
      test('never reads the context', () => {
        const blind = fold(history.map((each) => ({ ...each, context: [] })));
        expect(blind).toEqual(fold(history));
        const unseen = bandit.selectArm(blind, [], { random: seededRandom(5) });
        expect(unseen).toEqual(select(fold(history), 5));
      });
    }
  });
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
