import { termRewards } from '../../../algorithm/reward/term-rewards';

test('is minus each term', () => {
  expect(termRewards({ preferenceLoss: Math.LN2, nllLoss: 0.4 })).toEqual({ preference: -Math.LN2, nll: -0.4 });
});

test('refuses terms that are no numbers', () => {
  expect(() => termRewards({ preferenceLoss: 0.5, nllLoss: Infinity })).toThrow(/0.5 and Infinity/);
});
