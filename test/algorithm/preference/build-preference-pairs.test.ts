import * as fc from 'fast-check';
import { buildPreferencePairs, type Pairing } from '../../../algorithm/preference/build-preference-pairs';
import { preferencePairRecord } from '../../../algorithm/preference/preference-pair-record';
import { preferencePair } from '../../../contract/round';
import { completionsOf, scoresOf } from './prompt-completions';

const pairings: Pairing[] = ['random', 'randomTopBottom', 'bestVersusWorst'];
const options = { pairsPerPrompt: 10, pairing: 'random' as Pairing, seed: 1 };

function build(texts: string[], scores: (number | null)[], changes: Partial<typeof options> = {}) {
  return buildPreferencePairs(completionsOf(texts), scoresOf(scores), { ...options, ...changes });
}

const scored = fc.array(
  fc.tuple(fc.constantFrom('', ' ', 'a', 'b', 'c', 'd', 'e', 'f'), fc.option(fc.integer({ min: -3, max: 3 }))),
  { maxLength: 14, minLength: 1 },
);

test.each(pairings)('%s: pairs are valid, distinct, at most P, and every completion is accounted for', (pairing) => {
  fc.assert(
    fc.property(scored, fc.integer({ min: 1, max: 12 }), fc.nat(), (completions, pairsPerPrompt, seed) => {
      const texts = completions.map(([text]) => text);
      const scores = completions.map(([, score]) => score);
      const { pairs, dropped, reason } = build(texts, scores, { pairsPerPrompt, pairing, seed });
      for (const { chosen, rejected, chosenScore, rejectedScore } of pairs) {
        expect(chosenScore).toBeGreaterThan(rejectedScore);
        expect([scores[chosen], scores[rejected]]).toEqual([chosenScore, rejectedScore]);
        expect(texts[chosen]?.trim() && texts[rejected]?.trim() && texts[chosen] !== texts[rejected]).toBe(true);
      }
      expect(new Set(pairs.map(({ chosen, rejected }) => `${chosen}>${rejected}`)).size).toBe(pairs.length);
      expect(pairs.length).toBeLessThanOrEqual(pairsPerPrompt);
      const usable = new Map<string, number>();
      completions.forEach(([text, score]) => {
        if (text.trim() !== '' && score !== null && !usable.has(text)) usable.set(text, score);
      });
      expect(usable.size + dropped.empty + dropped.missingScore + dropped.duplicate).toBe(texts.length);
      expect(pairs.length > 0).toBe(new Set(usable.values()).size > 1);
      expect(reason === null).toBe(pairs.length > 0);
    }),
    { numRuns: 300 },
  );
});

test('random: every pair comes out, each as often as the others', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 3000; seed += 1) {
    const { pairs } = build(['a', 'b', 'c', 'd'], [3, 2, 1, 1], { pairsPerPrompt: 2, seed });
    for (const { chosen, rejected } of pairs) {
      counts.set(`${chosen}>${rejected}`, (counts.get(`${chosen}>${rejected}`) ?? 0) + 1);
    }
  }
  expect([...counts.keys()].sort()).toEqual(['0>1', '0>2', '0>3', '1>2', '1>3']);
  for (const count of counts.values()) expect(Math.abs(count - 1200)).toBeLessThan(150);
});

test('random: takes all pairs when there are no more than P', () => {
  expect(build(['a', 'b', 'c'], [1, 3, 2], { pairsPerPrompt: 10 }).pairs).toHaveLength(3);
});

test('randomTopBottom: the chosen from the upper half, the rejected from the lower', () => {
  const { pairs } = build(['a', 'b', 'c', 'd', 'e'], [5, 4, 3, 2, 1], { pairing: 'randomTopBottom' });
  const named = pairs.map(({ chosen, rejected }) => `${chosen}>${rejected}`).sort();
  expect(named).toEqual(['0>3', '0>4', '1>3', '1>4']);
});

test('bestVersusWorst: the i-th best with the i-th worst, and the seed does not matter', () => {
  const built = build(['a', 'b', 'c', 'd', 'e'], [1, 5, 3, 2, 4], { pairing: 'bestVersusWorst' });
  expect(built.pairs.map(({ chosen, rejected }) => [chosen, rejected])).toEqual([
    [1, 0],
    [4, 3],
  ]);
  expect(build(['a', 'b', 'c', 'd', 'e'], [1, 5, 3, 2, 4], { pairing: 'bestVersusWorst', seed: 9 })).toEqual(built);
});

test('its seed determines it', () => {
  const texts = ['a', 'b', 'c', 'd', 'e', 'f'];
  const scores = [1, 2, 3, 4, 5, 6];
  const built = build(texts, scores, { pairsPerPrompt: 3 });
  expect(build(texts, scores, { pairsPerPrompt: 3 })).toEqual(built);
  expect(build(texts, scores, { pairsPerPrompt: 3, seed: 2 })).not.toEqual(built);
});

test('says why there are no pairs', () => {
  expect(build(['a', 'b'], [null, null])).toMatchObject({
    pairs: [],
    reason: 'noScores',
    dropped: { missingScore: 2 },
  });
  expect(build(['a', 'a', ''], [1, 2, 3])).toMatchObject({
    reason: 'tooFewDistinct',
    dropped: { duplicate: 1, empty: 1, missingScore: 0 },
  });
  expect(build(['a', 'b', 'c'], [2, 2, 2])).toMatchObject({ reason: 'allTied' });
});

test('of equal texts keeps the first that has a score', () => {
  expect(build(['a', 'a', 'b'], [null, 5, 1]).pairs).toEqual([
    { chosen: 1, rejected: 2, chosenScore: 5, rejectedScore: 1 },
  ]);
});

test('refuses what does not belong together', () => {
  expect(() => build(['a', 'b'], [1])).toThrow(/2 completions have 1 scores/);
  expect(() => build(['a', 'b'], [1, NaN])).toThrow(/score 1 is NaN/);
  expect(() => build(['a', 'b'], [1, 2], { pairsPerPrompt: 0 })).toThrow(/pairsPerPrompt is 0/);
  expect(() => buildPreferencePairs(completionsOf(['a'], 'p1'), scoresOf([1], 'p2'), options)).toThrow(/'p1'.*'p2'/);
});

test('a pair becomes a line of the pairs artifact', () => {
  const completions = completionsOf(['four', 'five']);
  const [pair] = buildPreferencePairs(completions, scoresOf([0.5, -1]), options).pairs;
  if (!pair) throw new Error('no pair was built');
  const record = preferencePairRecord(completions, pair);
  expect(preferencePair.parse(record)).toMatchObject({
    chosen: 'four',
    chosenScore: 0.5,
    rejected: 'five',
    rejectedScore: -1,
  });
  expect(() => preferencePairRecord(completions, { ...pair, chosen: 2 })).toThrow(
    /2 completions but a pair names number 2/,
  );
});
