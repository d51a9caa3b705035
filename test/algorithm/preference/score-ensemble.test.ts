import * as fc from 'fast-check';
import { scoreEnsemble } from '../../../algorithm/preference/score-ensemble';
import { standardiseScores } from '../../../algorithm/preference/standardise-scores';
import { scoresOf } from './prompt-completions';

const scores = fc.array(fc.option(fc.integer({ min: -100, max: 100 })), { minLength: 1, maxLength: 12 });

test('standardised scores have mean 0 and deviation 1, and nulls stay', () => {
  fc.assert(
    fc.property(scores, (given) => {
      const standardised = standardiseScores(given);
      expect(standardised.map((score) => score === null)).toEqual(given.map((score) => score === null));
      const present = standardised.filter((score) => score !== null);
      if (present.length === 0) return;
      const mean = present.reduce((sum, score) => sum + score, 0) / present.length;
      const variance = present.reduce((sum, score) => sum + (score - mean) ** 2, 0) / present.length;
      const tied = new Set(given.filter((score) => score !== null)).size === 1;
      expect(mean).toBeCloseTo(0, 9);
      expect(variance).toBeCloseTo(tied ? 0 : 1, 9);
    }),
  );
});

/** scipy.stats.zscore([1.0, 2.0, 4.0]), scipy 1.17.1. */
test('agrees with scipy', () => {
  const expected = [-1.0690449676496978, -0.2672612419124245, 1.3363062095621219];
  standardiseScores([1, 2, 4]).forEach((score, i) => expect(score).toBeCloseTo(expected[i] ?? NaN, 12));
});

test('equal scores become exactly 0, whatever they round to', () => {
  expect(standardiseScores([0.1, 0.1, 0.1, null])).toEqual([0, 0, 0, null]);
});

test('the ensemble is the mean over the reward models that scored, whatever their units', () => {
  const ensemble = scoreEnsemble([scoresOf([1, 3, null, null]), scoresOf([-100, 100, -100, null])]);
  expect(ensemble.promptId).toBe('p1');
  const expected = [-0.8535533905932737, 1.2071067811865475, -0.7071067811865475];
  ensemble.scores.slice(0, 3).forEach((score, i) => expect(score).toBeCloseTo(expected[i] ?? NaN, 12));
  expect(ensemble.scores[3]).toBeNull();
});

test('refuses scores of different prompts or lengths', () => {
  expect(() => scoreEnsemble([])).toThrow(/there are no scores/);
  expect(() => scoreEnsemble([scoresOf([1]), scoresOf([1], 'p2')])).toThrow(/of 'p1', another 1 of 'p2'/);
  expect(() => scoreEnsemble([scoresOf([1]), scoresOf([1, 2])])).toThrow(/scored 1 completions of 'p1', another 2/);
});

test('weights decide how much each reward model says, and a missing score counts for nothing', () => {
  const scores = [
    { promptId: 'p', scores: [0, 2, null] },
    { promptId: 'p', scores: [5, 3, 4] },
  ];
  const equal = scoreEnsemble(scores).scores;
  expect(scoreEnsemble(scores, [0.5, 0.5]).scores).toEqual(equal);
  const weighted = scoreEnsemble(scores, [0.9, 0.1]).scores;
  expect(weighted[0]).toBeCloseTo(-0.9 + 0.1 * Math.sqrt(1.5), 12);
  expect(weighted[2]).toBeCloseTo(0, 12);
  expect(scoreEnsemble(scores, [1, 0]).scores).toEqual([-1, 1, null]);
  expect(() => scoreEnsemble(scores, [1])).toThrow(/2 reward models have weights 1/);
  expect(() => scoreEnsemble(scores, [1, -1])).toThrow(/not negative/);
});
