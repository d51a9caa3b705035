import fc from 'fast-check';
import type { ReportedRound } from '../../contract/campaign-report';
import { groupRounds, groupSize } from '../../report/outline/group-rounds';

const roundsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1 }) as ReportedRound);

test('every round is in one group, in order; there are no more than the limit, and sizes differ by one at most', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 200 }), (count, limit) => {
      const groups = groupRounds(roundsOf(count), limit);
      const sizes = groups.map(({ rounds }) => rounds.length);
      expect(groups.flatMap(({ rounds }) => rounds.map(({ number }) => number))).toEqual(
        roundsOf(count).map(({ number }) => number),
      );
      expect(groups.length).toBe(Math.min(count, limit));
      expect(Math.max(0, ...sizes) - Math.min(...sizes, Math.max(0, ...sizes))).toBeLessThanOrEqual(1);
    }),
  );
});

test('a group is labelled by its first and last round', () => {
  expect(groupRounds(roundsOf(5), 2).map(({ label, position }) => [label, position])).toEqual([
    ['1–3', 2],
    ['4–5', 4.5],
  ]);
  expect(groupSize(groupRounds(roundsOf(5), 2))).toBe('2 or 3');
  expect(groupRounds(roundsOf(2)).map(({ label }) => label)).toEqual(['1', '2']);
});
