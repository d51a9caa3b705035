import { pairAgreement } from '../../../algorithm/reward/pair-agreement';

const right = { chosenCorrect: true, rejectedCorrect: false };
const wrong = { chosenCorrect: false, rejectedCorrect: true };
const both = { chosenCorrect: true, rejectedCorrect: true };
const neither = { chosenCorrect: false, rejectedCorrect: false };

test.each([
  [[], 0],
  [[right, right], 1],
  [[wrong], -1],
  [[right, right, wrong, both], 0.25],
  [[both, neither], 0],
])('pairs %# agree by %d', (pairs, agreement) => {
  expect(pairAgreement(pairs)).toEqual({ agreement, banditReward: (agreement + 1) / 2 });
});
