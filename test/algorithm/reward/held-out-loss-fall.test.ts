import { heldOutLossFall } from '../../../algorithm/reward/held-out-loss-fall';

test('is the mean fall, with its standard error', () => {
  const pairs = [
    { before: 0.7, after: 0.5 },
    { before: 0.7, after: 0.8 },
    { before: 0.6, after: 0.1 },
  ];
  const fall = heldOutLossFall(pairs);
  expect(fall?.rawReward).toBeCloseTo(0.2, 12);
  expect(fall?.standardError).toBeCloseTo(0.3 / Math.sqrt(3), 12);
  expect(fall?.pairs).toBe(3);
});

test('of one pair has no error, of none is unknown, of no number is refused', () => {
  expect(heldOutLossFall([{ before: 1, after: 0.5 }])).toEqual({ rawReward: 0.5, standardError: null, pairs: 1 });
  expect(heldOutLossFall([])).toBeNull();
  expect(() => heldOutLossFall([{ before: NaN, after: 1 }])).toThrow(/not finite/);
});
