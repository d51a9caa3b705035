import { goldenAgreement } from '../../../algorithm/reward/golden-agreement';

const pair = (promptId: string, chosenCorrect: boolean, rejectedCorrect: boolean) => ({
  promptId,
  chosenCorrect,
  rejectedCorrect,
});
const pairs = [
  pair('g1', true, false),
  pair('g1', true, false),
  pair('g2', false, true),
  pair('other', false, true),
  pair('g1', true, true),
];

test('counts golden prompts alone, and gives each one’s balance', () => {
  expect(goldenAgreement(pairs, new Set(['g1', 'g2', 'g3']))).toEqual({
    agreement: 0.25,
    banditReward: 0.625,
    pairs: 4,
    byPrompt: [2 / 3, -1],
  });
});

test('without a golden pair nothing is known', () => {
  expect(goldenAgreement(pairs, new Set(['g9']))).toBeNull();
});
