import { valueOfAlways } from '../../../algorithm/off-policy/value-of-always';
import { simulatedArms, simulatedLog, trueValue, type SimulationOptions } from './simulated-log';

const logs = 1000;

/** Of 1,000 simulated logs, in how many the 95 % interval held the true value, and how many had no answer, by arm. */
function coverage(options: Omit<SimulationOptions, 'seed'>) {
  const counts = simulatedArms.map(() => ({ answered: 0, snipw: 0, doublyRobust: 0 }));
  for (let seed = 1; seed <= logs; seed += 1) {
    const log = simulatedLog({ ...options, seed });
    for (const [k, arm] of simulatedArms.entries()) {
      const result = valueOfAlways(log, arm);
      const count = counts[k]!;
      if (result.status !== 'estimated') continue;
      count.answered += 1;
      for (const estimator of ['snipw', 'doublyRobust'] as const) {
        const { low, high } = result[estimator];
        if (low <= trueValue(arm) && trueValue(arm) <= high) count[estimator] += 1;
      }
    }
  }
  return counts;
}

describe.each([
  { rounds: 120, epsilon: 0.4, rewards: 'graded' },
  { rounds: 200, epsilon: 0.3, rewards: 'zeroOne' },
] as const)('$rounds rounds, ε = $epsilon, $rewards rewards', (options) => {
  const counts = coverage(options);

  test('nearly every log has an answer', () => {
    for (const { answered } of counts) expect(answered).toBeGreaterThanOrEqual(0.99 * logs);
  });

  test.each(['snipw', 'doublyRobust'] as const)(
    '%s intervals cover the truth in 93 to 97 % of the logs',
    (estimator) => {
      for (const count of counts) {
        expect(count[estimator] / count.answered).toBeGreaterThanOrEqual(0.93);
        expect(count[estimator] / count.answered).toBeLessThanOrEqual(0.97);
      }
    },
  );
});
