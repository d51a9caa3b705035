import * as fc from 'fast-check';
import type { LoggedChoice } from '../../../algorithm/off-policy/logged-choice';
import { valueOfAlways, type EstimatedValue } from '../../../algorithm/off-policy/value-of-always';
import { simulatedArms, simulatedLog, trueValue } from './simulated-log';

function estimated(log: readonly LoggedChoice[], arm: string): EstimatedValue {
  const result = valueOfAlways(log, arm);
  if (result.status === 'estimated') return result;
  throw new Error(result.reason);
}

const choice = (arm: string, reward: number, propensity: number, context = [0]): LoggedChoice => ({
  arm,
  reward,
  propensity,
  context,
});

test('SNIPW is the weighted mean, and its interval the jackknife with estimated degrees of freedom', () => {
  const log = [
    choice('a', 1, 0.5),
    choice('b', 0, 0.5),
    choice('a', 0, 0.25),
    choice('a', 1, 0.25),
    choice('a', 0, 0.5),
    choice('a', 1, 0.5),
  ];
  const { snipw, effectiveSampleSize, pulls } = estimated([...log, ...log], 'a');
  expect(snipw.value).toBeCloseTo((2 + 4 + 2) / (2 + 4 + 4 + 2 + 2), 12);
  expect(pulls).toBe(10);
  expect(effectiveSampleSize).toBeCloseTo(28 ** 2 / (2 * (3 * 4 + 2 * 16)), 12);
  // numpy 2.4: h = w/w.sum(); s = 12*h*(r - v)/(1 - h); s.std(ddof=1)/sqrt(12)
  expect(snipw.standardError).toBeCloseTo(0.19969555479, 10);
});

test('with every propensity 1 and one arm, both are near the plain mean', () => {
  const rewards = [0.2, 0.4, 0.9, 0.5, 0.6, 0.4, 0.3, 0.8];
  const { snipw, doublyRobust } = estimated(
    rewards.map((reward) => choice('a', reward, 1)),
    'a',
  );
  expect(snipw.value).toBeCloseTo(0.5125, 12);
  expect(doublyRobust.value).toBeCloseTo(0.5125, 12);
});

test('is unbiased where the average of the log is not: LinUCB gives each arm its good contexts', () => {
  const sums = simulatedArms.map(() => ({ naive: 0, snipw: 0, doublyRobust: 0 }));
  const logs = 150;
  for (let seed = 1; seed <= logs; seed += 1) {
    const log = simulatedLog({ seed, rounds: 150, epsilon: 0.4, rewards: 'graded' });
    for (const [k, arm] of simulatedArms.entries()) {
      const own = log.filter((each) => each.arm === arm);
      const { snipw, doublyRobust } = estimated(log, arm);
      sums[k]!.naive += own.reduce((sum, { reward }) => sum + reward, 0) / own.length / logs;
      sums[k]!.snipw += snipw.value / logs;
      sums[k]!.doublyRobust += doublyRobust.value / logs;
    }
  }
  for (const [k, arm] of simulatedArms.entries()) {
    expect(Math.abs(sums[k]!.snipw - trueValue(arm))).toBeLessThan(0.02);
    expect(Math.abs(sums[k]!.doublyRobust - trueValue(arm))).toBeLessThan(0.02);
  }
  expect(sums[0]!.naive - trueValue('eurus')).toBeGreaterThan(0.1);
});

test('where contexts tell rewards apart, the doubly robust estimate errs less', () => {
  const squares = { snipw: 0, doublyRobust: 0 };
  for (let seed = 1; seed <= 150; seed += 1) {
    const result = estimated(simulatedLog({ seed, rounds: 300, epsilon: 0.3, rewards: 'graded' }), 'zephyr');
    for (const estimator of ['snipw', 'doublyRobust'] as const) {
      squares[estimator] += (result[estimator].value - trueValue('zephyr')) ** 2;
    }
  }
  expect(squares.doublyRobust).toBeLessThan(0.95 * squares.snipw);
});

test('adding a constant to the rewards adds it to the estimates, and SNIPW stays within their range', () => {
  const entry = fc.record({
    arm: fc.constantFrom('a', 'b'),
    context: fc.tuple(fc.double({ min: -2, max: 2, noNaN: true })),
    propensity: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
    reward: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 25, maxLength: 60 }),
      fc.double({ min: 0, max: 9, noNaN: true }),
      (log, by) => {
        const result = valueOfAlways(log, 'a');
        fc.pre(result.status === 'estimated' && result.snipw.standardError > 1e-6);
        const moved = estimated(
          log.map((each) => ({ ...each, reward: each.reward + by })),
          'a',
        );
        const { snipw } = result;
        expect(moved.snipw.value - by).toBeCloseTo(snipw.value, 9);
        expect(moved.snipw.high - by).toBeCloseTo(snipw.high, 6);
        const own = log.filter(({ arm }) => arm === 'a').map(({ reward }) => reward);
        expect(snipw.value).toBeGreaterThanOrEqual(Math.min(...own) - 1e-12);
        expect(snipw.value).toBeLessThanOrEqual(Math.max(...own) + 1e-12);
        expect(snipw.low < snipw.value && snipw.value < snipw.high).toBe(true);
      },
    ),
  );
});

test('what is not identifiable is said to be, and why', () => {
  const greedy = simulatedLog({ seed: 3, rounds: 60, epsilon: 0, rewards: 'graded' });
  expect(valueOfAlways(greedy, 'qwen')).toMatchObject({
    status: 'notIdentifiable',
    arm: 'qwen',
    reason: expect.stringMatching(
      /of 60 rounds another reward model was chosen with probability 1.*exploration/,
    ) as string,
  });
  const mostlyExplored = [
    ...simulatedLog({ seed: 3, rounds: 60, epsilon: 0.5, rewards: 'graded' }),
    choice('eurus', 0.5, 1, [0, 0, 0, 0]),
  ];
  expect(valueOfAlways(mostlyExplored, 'qwen')).toMatchObject({ status: 'notIdentifiable' });
});

test('too little data is told apart from data that could never answer', () => {
  const log = simulatedLog({ seed: 5, rounds: 60, epsilon: 0.5, rewards: 'graded' });
  expect(valueOfAlways(log, 'skywork')).toMatchObject({ status: 'tooLittleData' });
  const oneHeavy = [choice('a', 0.1, 0.01), ...Array.from({ length: 9 }, (_, i) => choice('a', i / 10, 0.9))];
  expect(valueOfAlways(oneHeavy, 'a')).toMatchObject({
    status: 'tooLittleData',
    reason: expect.stringMatching(/10 choices of 'a' weigh as much as 1\.2 equal ones/) as string,
  });
  const noSpread = Array.from({ length: 20 }, () => choice('a', 0.5, 0.5));
  expect(valueOfAlways(noSpread, 'a')).toMatchObject({
    status: 'tooLittleData',
    reason: expect.stringMatching(/no two different rewards/) as string,
  });
});

test('refuses logs that are not well formed', () => {
  expect(() => valueOfAlways([], 'a')).toThrow(/the log is empty/);
  expect(() => valueOfAlways([choice('a', 1, 0)], 'a')).toThrow(/round 0 has propensity 0/);
  expect(() => valueOfAlways([choice('a', NaN, 1)], 'a')).toThrow(/not finite/);
  expect(() => valueOfAlways([choice('a', 1, 1), choice('a', 1, 1, [1, 2])], 'a')).toThrow(/length 2, the first 1/);
  expect(() => valueOfAlways([choice('a', 1, 1)], 'a', 95)).toThrow(/confidence is 95/);
});
