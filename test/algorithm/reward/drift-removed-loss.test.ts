import * as fc from 'fast-check';
import { driftRemovedLoss, type LossAtPosition } from '../../../algorithm/reward/drift-removed-loss';
import { seededRandom } from '../../../algorithm/seeded-random';

test('the first round has nothing to be compared with, the rest of the first iteration the round before', () => {
  const first = { iteration: 1, position: 1, loss: 1.2 };
  expect(driftRemovedLoss([], first)).toEqual({ rawReward: 0, expected: 1.2, expectedFrom: 'nothing' });
  const third = driftRemovedLoss([first, { iteration: 1, position: 2, loss: 1.1 }], {
    iteration: 1,
    position: 3,
    loss: 1.05,
  });
  expect(third.expectedFrom).toBe('roundBefore');
  expect(third.rawReward).toBeCloseTo(0.05, 12);
});

test('by hand: mean at the position, plus how this iteration has been off so far', () => {
  const earlier = [
    { iteration: 1, position: 1, loss: 1 },
    { iteration: 1, position: 2, loss: 0.6 },
    { iteration: 2, position: 1, loss: 0.8 },
    { iteration: 2, position: 2, loss: 0.5 },
    { iteration: 3, position: 1, loss: 0.75 },
  ];
  const { expected, rawReward, expectedFrom } = driftRemovedLoss(earlier, { iteration: 3, position: 2, loss: 0.3 });
  expect(expectedFrom).toBe('earlierIterations');
  expect(expected).toBeCloseTo(0.55 + (0.75 - 0.9), 12);
  expect(rawReward).toBeCloseTo(0.1, 12);
});

test('a loss that is iteration + position alone has reward 0 once both are known', () => {
  const level = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(level, { minLength: 2, maxLength: 5 }),
      fc.array(level, { minLength: 2, maxLength: 8 }),
      (iterations, positions) => {
        const rounds: LossAtPosition[] = [];
        for (const [m, ofIteration] of iterations.entries()) {
          for (const [t, ofPosition] of positions.entries()) {
            const round = { iteration: m + 1, position: t + 1, loss: ofIteration + ofPosition };
            const { rawReward } = driftRemovedLoss(rounds, round);
            if (m > 0 && t > 0) expect(rawReward).toBeCloseTo(0, 9);
            rounds.push(round);
          }
        }
      },
    ),
  );
});

test('tells reward models apart that minus the loss mixes up with when they were asked', () => {
  const random = seededRandom(2);
  const rounds: (LossAtPosition & { arm: string; reward: number })[] = [];
  for (let iteration = 1; iteration <= 8; iteration += 1) {
    for (let position = 1; position <= 20; position += 1) {
      const arm = random.nextFloat() < (position <= 10 ? 0.8 : 0.2) ? 'good' : 'bad';
      const drift = Math.LN2 * Math.exp(-position / 8) + 1 / iteration;
      const current = { iteration, position, loss: drift - (arm === 'good' ? 0.05 : 0) + 0.02 * random.normal() };
      rounds.push({ ...current, arm, reward: driftRemovedLoss(rounds, current).rawReward });
    }
  }
  const known = rounds.filter(({ iteration }) => iteration > 2);
  const meanOf = (arm: string, value: (round: (typeof known)[number]) => number) => {
    const own = known.filter((round) => round.arm === arm).map(value);
    return own.reduce((sum, each) => sum + each, 0) / own.length;
  };
  expect(meanOf('good', ({ loss }) => -loss)).toBeLessThan(meanOf('bad', ({ loss }) => -loss));
  expect(meanOf('good', ({ reward }) => reward)).toBeGreaterThan(meanOf('bad', ({ reward }) => reward) + 0.02);
});

test('refuses a loss that is no number', () => {
  expect(() => driftRemovedLoss([], { iteration: 1, position: 1, loss: NaN })).toThrow(/the loss is NaN/);
});
