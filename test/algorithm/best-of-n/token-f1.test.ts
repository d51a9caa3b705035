import * as fc from 'fast-check';
import { normaliseWords, tokenF1 } from '../../../algorithm/best-of-n/token-f1';

test.each([
  ['The Cat, sat!', ['cat', 'sat']],
  ['an  apple a\tday', ['apple', 'day']],
  ['theatre bananas', ['theatre', 'bananas']],
  ["it's 3.5%", ['its', '35']],
  ['él a la', ['él', 'la']],
  ['the a an', []],
])('%s has the words %j', (text, words) => {
  expect(normaliseWords(text)).toEqual(words);
});

/** By the definition: 2·matched/(predicted + reference) words. */
test.each([
  ['the cat sat', ['a cat sat'], 1],
  ['cat sat on mat', ['cat mat'], 4 / 6],
  ['cat cat cat', ['cat'], 2 / 4],
  ['dog', ['cat'], 0],
  ['', ['cat'], 0],
  ['the', ['a'], 1],
  ['blue cat', ['dog', 'a blue cat', 'cat'], 1],
])('%s against %j scores %d', (prediction, references, f1) => {
  expect(tokenF1(prediction, references)).toBeCloseTo(f1, 12);
});

test('is symmetric, from 0 to 1, and 1 for the same text', () => {
  const text = fc
    .array(fc.constantFrom('cat', 'dog', 'The', 'a', 'mat.', '42'), { maxLength: 8 })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (left, right) => {
      const f1 = tokenF1(left, [right]);
      expect(f1).toBeCloseTo(tokenF1(right, [left]), 12);
      expect(f1 >= 0 && f1 <= 1).toBe(true);
      expect(tokenF1(left, [left])).toBe(1);
    }),
  );
});

test('refuses to score against nothing', () => {
  expect(() => tokenF1('cat', [])).toThrow(/there are no references/);
});
