import { bradleyTerryPriors, trainBradleyTerryRouter } from '../../../algorithm/selection/bradley-terry-router';
import type { LabelledPreference } from '../../../algorithm/selection/labelled-preference';
import { seededRandom } from '../../../algorithm/seeded-random';
import { tenPoints } from './ten-points';
const firstWins = [1, 1, 0, 1, 0, 0, 1, 0, 0, 1];

/** With two models it is the logistic regression on v₁ − v₂ without intercept: sklearn 1.9.1, C=1/(0.05*10), half its coef_. */
test('of two reward models agrees with scikit-learn’s logistic regression', () => {
  const preferences = tenPoints.map((context, i) => ({
    context,
    rightness: { eurus: firstWins[i]!, qwen: 1 - firstWins[i]! },
  }));
  const { embeddings } = trainBradleyTerryRouter(preferences, ['eurus', 'qwen'], { l2: 0.1 });
  expect(embeddings['eurus']?.[0]).toBeCloseTo(0.278319758613, 6);
  expect(embeddings['eurus']?.[1]).toBeCloseTo(0.058412657107, 6);
  expect(embeddings['qwen']?.[0]).toBeCloseTo(-0.278319758613, 6);
});

test('ranks specialists first in their own kind of context; embeddings sum to 0', () => {
  const random = seededRandom(5);
  const ids = ['add', 'sort', 'weak'];
  const preferences: LabelledPreference[] = Array.from({ length: 1500 }, (_, i) => {
    const kind = i % 2;
    const right = (chance: number) => Number(random.nextFloat() < chance);
    const context = [kind === 0 ? 1 : -1, random.normal() / 5, 1];
    return {
      context,
      rightness: { add: right(kind === 0 ? 0.9 : 0.6), sort: right(kind === 0 ? 0.6 : 0.9), weak: right(0.5) },
    };
  });
  const { embeddings } = trainBradleyTerryRouter(preferences, ids, { l2: 0.01 });
  const strength = (id: string, kind: number) => embeddings[id]!.reduce((sum, v, i) => sum + v * [kind, 0, 1][i]!, 0);
  expect(strength('add', 1)).toBeGreaterThan(strength('sort', 1));
  expect(strength('sort', -1)).toBeGreaterThan(strength('add', -1));
  expect(strength('weak', 1)).toBeLessThan(strength('sort', 1));
  [0, 1, 2].forEach((i) => expect(ids.reduce((sum, id) => sum + embeddings[id]![i]!, 0)).toBeCloseTo(0, 6));
});

test('a preference counts once, however many reward models were right about it', () => {
  const one: LabelledPreference = { context: [1], rightness: { a: 1, b: 0, c: null } };
  const { embeddings } = trainBradleyTerryRouter([one, one], ['a', 'b', 'c'], { l2: 0.5 });
  expect(trainBradleyTerryRouter([one], ['a', 'b', 'c'], { l2: 0.5 }).embeddings['a']![0]).toBeCloseTo(
    embeddings['a']![0]!,
    8,
  );
  expect(embeddings['c']).toEqual([0]);
});

test('priors are the embeddings in units of reward', () => {
  expect(bradleyTerryPriors({ embeddings: { a: [2, -1] } }, { precision: 3 })).toEqual({
    a: { mean: [0.5, -0.25], precision: 3 },
  });
});

test('refuses reward models that never disagree', () => {
  const alike: LabelledPreference = { context: [1], rightness: { a: 1, b: 1 } };
  expect(() => trainBradleyTerryRouter([alike], ['a', 'b'], { l2: 0.1 })).toThrow(/order every labelled pair alike/);
  expect(() => trainBradleyTerryRouter([alike], ['a', 'b'], { l2: -1 })).toThrow(/l2 is -1/);
});
