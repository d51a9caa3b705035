import { extractAnswer } from '../../../algorithm/verifier/extract-answer';

test.each([
  ['so 3 + 4 = 7. The answer is 7', String.raw`answer is (\S+)`, '7'],
  ['first #### 5, or rather #### 6', String.raw`#### (-?[\d,.]+)`, '6'],
  ['12 apples and 30 pears', String.raw`-?\d+`, '30'],
  ['answer: yes', String.raw`(\d+)|yes`, 'yes'],
  ['nothing here', String.raw`answer is (\S+)`, null],
  ['', String.raw`\d+`, null],
])('in %j, %s finds %j', (completion, pattern, expected) => {
  expect(extractAnswer(completion, pattern)).toBe(expected);
});

test('keeps the flags of a regular expression, and does not move it', () => {
  const pattern = /ANSWER (\w+)/gi;
  expect(extractAnswer('answer one, Answer two', pattern)).toBe('two');
  expect(pattern.lastIndex).toBe(0);
  expect(extractAnswer('x 1', /\d/y)).toBe('1');
});

test('refuses a pattern that is none', () => expect(() => extractAnswer('a', '(')).toThrow(SyntaxError));
