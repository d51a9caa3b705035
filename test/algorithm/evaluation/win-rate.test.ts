import { winRate, type Judgement, type Preferred } from '../../../algorithm/evaluation/win-rate';
import { winRateInterval } from '../../../algorithm/evaluation/win-rate-interval';

const judged = (candidateFirst: Preferred | null, candidateSecond: Preferred | null): Judgement => ({
  candidateFirst,
  candidateSecond,
});

test('counts both orders, shows ties, flips and missing verdicts', () => {
  const rate = winRate([
    judged('candidate', 'candidate'),
    judged('candidate', 'tie'),
    judged('candidate', 'baseline'),
    judged('tie', 'tie'),
    judged('baseline', 'baseline'),
    judged(null, 'candidate'),
  ]);
  expect(rate).toEqual({
    judged: 5,
    wins: 2,
    ties: 2,
    losses: 1,
    flipped: 1,
    missing: 1,
    winRate: 0.6,
    interval: winRateInterval(2, 1, 5),
  });
});

test('a judge that always likes the first answer makes a tie of everything', () => {
  const biased = Array.from({ length: 10 }, () => judged('candidate', 'baseline'));
  expect(winRate(biased)).toMatchObject({ wins: 0, losses: 0, ties: 10, flipped: 10, winRate: 0.5 });
});

test('exchanging the two systems exchanges wins and losses', () => {
  const judgements = [judged('candidate', 'tie'), judged('baseline', 'baseline'), judged('candidate', 'candidate')];
  const other = { candidate: 'baseline', baseline: 'candidate', tie: 'tie' } as const;
  const exchanged = judgements.map(({ candidateFirst, candidateSecond }) =>
    judged(other[candidateSecond!], other[candidateFirst!]),
  );
  const [rate, back] = [winRate(judgements), winRate(exchanged)];
  expect(back).toMatchObject({ wins: rate.losses, losses: rate.wins, ties: rate.ties });
  expect(back.winRate).toBeCloseTo(1 - rate.winRate!, 12);
});

test('with nothing judged there is no rate', () => {
  expect(winRate([judged(null, null)])).toMatchObject({ judged: 0, missing: 1, winRate: null, interval: null });
});
