import { measuredShare, pointsShare, wilsonInterval, winRateInterval } from '../../../algorithm';

const verdicts = (wins: number, ties: number, losses: number, policy: number) => ({
  category: 'sum',
  correct: wins + ties / 2,
  total: wins + ties + losses,
  verdicts: { wins, ties, losses, flipped: 1, missing: 2, meanLength: { policy, baseline: 10 } },
});

test('rows of an accuracy add up, with Wilson’s interval', () => {
  const share = measuredShare([
    { correct: 1, total: 4 },
    { correct: 5, total: 6 },
  ]);
  expect(share).toEqual({ value: 0.6, ...wilsonInterval(6, 10), correct: 6, total: 10, verdicts: null });
});

test('rows of a win rate add up; lengths are means over prompts, not over rows', () => {
  const share = measuredShare([verdicts(3, 1, 0, 20), verdicts(1, 2, 9, 8)]);
  expect(share).toEqual({
    value: 5.5 / 16,
    ...winRateInterval(4, 9, 16),
    correct: 5.5,
    total: 16,
    verdicts: {
      ...{ wins: 4, ties: 3, losses: 9, flipped: 2, missing: 4 },
      meanLength: { policy: (4 * 20 + 12 * 8) / 16, baseline: 10 },
    },
  });
});

test('the points of prompts give the same share as their counts', () => {
  const { value, low, high } = measuredShare([verdicts(2, 1, 1, 1)]);
  expect(pointsShare([1, 0.5, 0, 1], 'winRate')).toEqual({ value, low, high });
  expect(pointsShare([1, 0, 0, 1], 'accuracy')).toEqual({ value: 0.5, ...wilsonInterval(2, 4) });
});
