import { candidatePairs } from '../../../algorithm';

const completions = ['a', 'b', 'a', '', 'c', 'd'].map((text) => ({
  ...{ text, tokenIds: text === '' ? [] : [1], finishReason: 'stop' as const },
}));
const distinct = [0, 1, 4, 5];

test('every pair of different texts once, the smaller place first, when there is room for all', () => {
  const pairs = candidatePairs({ completions }, { pairsPerPrompt: 100, seed: 1 });
  const expected = distinct.flatMap((left, i) => distinct.slice(i + 1).map((right) => `${left}-${right}`));
  expect(pairs.map(([left, right]) => `${left}-${right}`).sort()).toEqual(expected.sort());
});

test('P of them, by the seed', () => {
  const draw = (seed: number) => candidatePairs({ completions }, { pairsPerPrompt: 2, seed });
  expect(draw(1)).toHaveLength(2);
  expect(draw(1)).toEqual(draw(1));
  const drawn = new Set(Array.from({ length: 40 }, (_, seed) => JSON.stringify(draw(seed)[0])));
  expect(drawn.size).toBe(6);
});

test('one text alone makes no pair', () => {
  expect(candidatePairs({ completions: completions.slice(2, 4) }, { pairsPerPrompt: 2, seed: 1 })).toEqual([]);
});
