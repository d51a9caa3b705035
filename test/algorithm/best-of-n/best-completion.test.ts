import { bestCompletion } from '../../../algorithm/best-of-n/best-completion';

test.each([
  [[0.1, 0.9, 0.9], 1],
  [[null, -3, -2], 2],
  [[-1], 0],
  [[null, null], null],
  [[], null],
])('of %j takes %s', (scores, place) => {
  expect(bestCompletion(scores)).toBe(place);
});

test('refuses a score that is no number', () => {
  expect(() => bestCompletion([1, NaN])).toThrow(/score 1 is NaN/);
});
