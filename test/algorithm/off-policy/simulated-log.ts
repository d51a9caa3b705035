import { linUcb, withExploration } from '../../../algorithm/bandit';
import type { LoggedChoice } from '../../../algorithm/off-policy/logged-choice';
import { seededRandom } from '../../../algorithm/seeded-random';

/** Mean reward of each arm on each of four kinds of prompts, which come equally often. Row means are the true values. */
const meanRewards = {
  eurus: [0.8, 0.3, 0.4, 0.35],
  qwen: [0.3, 0.7, 0.45, 0.5],
  olmo: [0.5, 0.5, 0.55, 0.5],
  zephyr: [0.2, 0.4, 0.3, 0.75],
};
export type SimulatedArm = keyof typeof meanRewards;
export const simulatedArms = Object.keys(meanRewards) as SimulatedArm[];

export function trueValue(arm: SimulatedArm): number {
  return meanRewards[arm].reduce((sum, mean) => sum + mean, 0) / meanRewards[arm].length;
}

export interface SimulationOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly epsilon: number;
  readonly rewards: 'graded' | 'zeroOne';
}

/** What LinUCB with an ε-mix logs: noisy contexts by kind of prompt, and graded rewards (mean ± 0.2) or zeros and ones. */
export function simulatedLog({ seed, rounds, epsilon, rewards }: SimulationOptions): LoggedChoice[] {
  const random = seededRandom(seed);
  const bandit = withExploration(linUcb, epsilon);
  let state = bandit.create({ alpha: 0.5, ridge: 1 }, simulatedArms);
  return Array.from({ length: rounds }, () => {
    const kind = random.nextInt(4);
    const context = [0, 1, 2, 3].map((each) => (each === kind ? 0.75 : -0.25) + 0.1 * random.normal());
    const { arm, propensity } = bandit.selectArm(state, context, { random });
    const mean = meanRewards[arm as SimulatedArm][kind] ?? NaN;
    const reward = rewards === 'graded' ? mean + 0.4 * (random.nextFloat() - 0.5) : Number(random.nextFloat() < mean);
    const choice = { arm, context, reward, propensity };
    state = bandit.update(state, choice);
    return choice;
  });
}
