import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linUcb, type ArmId } from '../../../../algorithm/bandit';
import { seededRandom } from '../../../../algorithm/seeded-random';

interface Observed {
  arm: ArmId;
  context: number[];
  reward: number;
}

/** The first line of a trace, as record_traces.py writes it. */
interface Setting {
  alpha: number;
  ridge: number;
  arms: ArmId[];
  warmUp: Observed[];
}

/** Each line after it: what MABWiser expected of every arm, and which it chose. */
interface Step extends Observed {
  expectations: number[];
}

const folder = join(__dirname, 'traces');
const traces = readdirSync(folder).map((name): [string, Setting, Step[]] => {
  const [setting, ...steps] = readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return [name, setting as Setting, steps as Step[]];
});
const random = seededRandom(0);

test('five traces are recorded', () => expect(traces).toHaveLength(5));

test.each(traces)(
  '%s: LinUCB decides as MABWiser did, with its expectations',
  (_, { alpha, ridge, arms, warmUp }, steps) => {
    let state = linUcb.create({ alpha, ridge }, arms);
    for (const observed of warmUp) state = linUcb.update(state, { ...observed, propensity: 1 });

    let worst = 0;
    const decided: ArmId[] = [];
    for (const { expectations, ...observed } of steps) {
      const decision = linUcb.selectArm(state, observed.context, { random });
      decided.push(decision.arm);
      decision.arms.forEach(({ score }, k) => {
        const expected = expectations[k] ?? NaN;
        worst = Math.max(worst, Math.abs(score - expected) / Math.max(1, Math.abs(expected)));
      });
      state = linUcb.update(state, { ...observed, propensity: 1 });
    }

    expect(decided).toEqual(steps.map(({ arm }) => arm));
    expect(worst).toBeLessThan(1e-10);
  },
);
