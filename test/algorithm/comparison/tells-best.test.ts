import { choicesOfRounds } from '../../../algorithm/comparison/choices-of-rounds';
import { tellsBest } from '../../../algorithm/comparison/tells-best';

const quality = { sum: { a: 0.9, b: 0.5, c: 0.6 }, sort: { a: 0.5, b: 0.9 } };
const choice = (category: string, rewardModelId: string, reward: number | null) => ({
  ...{ category, rewardModelId, reward },
});

test('is the share of pairs in which the best has the higher reward, ties half, mean over categories', () => {
  const choices = [
    choice('sum', 'a', 0.8),
    choice('sum', 'a', 0.4),
    choice('sum', 'b', 0.4),
    choice('sum', 'c', 0.6),
    choice('sort', 'a', 0.1),
    choice('sort', 'b', 0.2),
  ];
  // sum: 0.8 beats 0.4 and 0.6; 0.4 ties with 0.4 and loses to 0.6. sort: 0.2 beats 0.1.
  expect(tellsBest(choices, quality)).toBeCloseTo((2.5 / 4 + 1) / 2, 12);
});

test('leaves out what has no reward, no quality, or no counterpart', () => {
  const choices = [
    choice('sum', 'a', 0.8),
    choice('sum', 'b', null),
    choice('sum', 'unknown', 0.9),
    choice('reverse', 'a', 1),
    choice('sort', 'b', 0.2),
    choice('sort', 'a', 0.7),
  ];
  expect(tellsBest(choices, quality)).toBe(0);
  expect(tellsBest(choices.slice(0, 5), quality)).toBeNull();
});

test('choices of rounds have the category of their round, or of their prompt', () => {
  const decision = (scope: string | null, rewardModelId: string) => ({
    ...{ scope, rewardModelId, context: null, propensity: 1, arms: [] },
  });
  const outcome = (scope: string | null, reward: number) => ({ scope, reward, rawReward: 7 });
  const choices = choicesOfRounds(
    [
      { category: 'sum', decisions: [decision(null, 'a')], outcomes: [outcome(null, 0.3)] },
      {
        category: null,
        decisions: [decision('p1', 'a'), decision('p2#0-3', 'b'), decision('sum', 'c'), decision(null, 'a')],
        outcomes: [outcome('p2#0-3', 0.6)],
      },
    ],
    { p1: 'sort', p2: 'reverse' },
  );
  expect(choices).toEqual([
    choice('sum', 'a', 0.3),
    choice('sort', 'a', null),
    choice('reverse', 'b', 0.6),
    choice('sum', 'c', null),
    choice('mixed', 'a', null),
  ]);
});
