import * as fc from 'fast-check';
import { agreementEnsemble } from '../../../algorithm/preference/agreement-ensemble';
import { completionsOf, scoresOf } from './prompt-completions';

const options = { pairsPerPrompt: 10, candidatePairs: 100, seed: 1 };
const ensemble = (texts: string[], scores: (number | null)[][], changes: Partial<typeof options> = {}) =>
  agreementEnsemble(
    completionsOf(texts),
    scores.map((each) => scoresOf(each)),
    { ...options, ...changes },
  );

test('ranks pairs by majority, with the votes as scores', () => {
  const { pairs, reason } = ensemble(
    ['a', 'b', 'c'],
    [
      [3, 2, 1],
      [3, 2, 1],
      [2, 3, 1],
    ],
  );
  expect(reason).toBeNull();
  expect(
    pairs
      .slice(0, 2)
      .map(({ chosen, rejected }) => `${chosen}>${rejected}`)
      .sort(),
  ).toEqual(['0>2', '1>2']);
  expect(pairs[2]).toEqual({ chosen: 0, rejected: 1, chosenScore: 2, rejectedScore: 1 });
});

test('abstentions: missing and equal scores vote for neither, and a drawn vote makes no pair', () => {
  const { pairs } = ensemble(
    ['a', 'b', 'c'],
    [
      [1, 0, null],
      [0, 1, 2],
      [null, null, 5],
    ],
  );
  expect(pairs.map(({ chosen, rejected }) => `${chosen}>${rejected}`).sort()).toEqual(['2>0', '2>1']);
  expect(
    ensemble(
      ['a', 'b'],
      [
        [1, 1],
        [2, 2],
      ],
    ),
  ).toMatchObject({ pairs: [], reason: 'allTied' });
  expect(ensemble(['a', 'b'], [[null, null]])).toMatchObject({ reason: 'noScores', dropped: { missingScore: 2 } });
  expect(ensemble(['a', 'a'], [[1, 2]])).toMatchObject({ reason: 'tooFewDistinct', dropped: { duplicate: 1 } });
});

test('keeps the P largest majorities of the candidates drawn', () => {
  const score = fc.option(fc.integer({ min: 0, max: 4 }));
  const threeModels = fc.array(fc.tuple(score, score, score), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(threeModels, fc.integer({ min: 1, max: 6 }), fc.nat(), (rows, pairsPerPrompt, seed) => {
      const texts = rows.map((_, i) => `completion ${i}`);
      const scores = [0, 1, 2].map((model) => rows.map((row) => row[model] ?? null));
      const all = ensemble(texts, scores, { pairsPerPrompt: 1000, seed }).pairs;
      const best = ensemble(texts, scores, { pairsPerPrompt, seed }).pairs;
      const majorities = (pairs: typeof all) => pairs.map((pair) => pair.chosenScore - pair.rejectedScore);
      expect(majorities(best)).toEqual(
        [...majorities(all)].sort((left, right) => right - left).slice(0, pairsPerPrompt),
      );
      expect(majorities(all).every((majority) => majority > 0)).toBe(true);
      expect(ensemble(texts, scores, { candidatePairs: 2, seed }).pairs.length).toBeLessThanOrEqual(2);
    }),
  );
});

test('refuses scores that do not fit the completions', () => {
  expect(() => ensemble(['a', 'b'], [[1]])).toThrow(/2 completions have 1 scores/);
  expect(() => ensemble(['a'], [])).toThrow(/there are no scores/);
  expect(() => agreementEnsemble(completionsOf(['a'], 'p2'), [scoresOf([1])], options)).toThrow(/'p2'.*'p1'/);
});
