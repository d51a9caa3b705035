import { scheduledLearningRate, type ScheduledRate } from '../../algorithm/learning-rate';

const rates = (of: Omit<ScheduledRate, 'round'>) =>
  Array.from({ length: of.rounds }, (_, index) => scheduledLearningRate({ ...of, round: index + 1 }));

// The shares are those of transformers' get_*_schedule_with_warmup at the same place, but for the warm-up's first.
test.each<[string, Partial<ScheduledRate>, number[]]>([
  ['constant', {}, [1, 1, 1, 1]],
  ['linear', { learningRateSchedule: 'linear' }, [1, 0.75, 0.5, 0.25]],
  ['cosine', { learningRateSchedule: 'cosine' }, [1, (2 + Math.SQRT2) / 4, 0.5, (2 - Math.SQRT2) / 4]],
  ['constant after a warm-up', { warmupRounds: 2 }, [1 / 2, 1, 1, 1]],
  ['linear after a warm-up', { learningRateSchedule: 'linear', warmupRounds: 2 }, [1 / 2, 1, 1, 1 / 2]],
  ['cosine after a warm-up', { learningRateSchedule: 'cosine', warmupRounds: 1 }, [1, 1, 3 / 4, 1 / 4]],
])('%s', (_, schedule, shares) => {
  const learningRate = 5e-6;
  const found = rates({ ...schedule, learningRate, rounds: 4 });
  expect(found.map((rate) => rate / learningRate)).toEqual(shares.map((share): unknown => expect.closeTo(share, 10)));
});

test('a rate that nothing scales is the campaign’s own, to the last bit', () => {
  const learningRate = 1 / 3;
  expect(rates({ learningRate, rounds: 3 })).toEqual([learningRate, learningRate, learningRate]);
  expect(rates({ learningRate, rounds: 3, learningRateSchedule: 'cosine' })[0]).toBe(learningRate);
});

test('it is above 0 in every round of a long campaign', () => {
  for (const learningRateSchedule of ['linear', 'cosine'] as const) {
    const found = rates({ learningRate: 1e-6, learningRateSchedule, warmupRounds: 10, rounds: 5000 });
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(Math.max(...found)).toBe(1e-6);
  }
});
