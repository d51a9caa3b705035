import { stripVTControlCharacters } from 'node:util';
import { accuracyLine, roundLine } from '../../cli/lines';
import type { RoundSummary } from '../../contract/campaign-run';

const round: RoundSummary = {
  iteration: 2,
  round: 7,
  category: 'sum',
  asked: [{ rewardModelId: 'rm-sum', scored: 64, missing: 0 }],
  picks: { sum: { 'rm-sum': 1 } },
  widths: {},
  banditReward: 0.756,
  loss: 1.23456,
  pairs: 64,
  seconds: { embed: 0.1, generate: 1.2, score: 0.3, train: 0.4 },
  reusedSteps: 0,
  spent: { seconds: 2, tokens: 100, money: 0 },
};
const lineOf = (changes: Partial<RoundSummary>) => stripVTControlCharacters(roundLine({ ...round, ...changes }, 16));

test('a round in a line: where, what, whom, what came of it, how long', () => {
  expect(lineOf({})).toBe(
    'it 2  round  7/16  sum         → rm-sum          bandit reward 0.76  loss 1.2346  pairs 64  2.00 s',
  );
});

test('a round whose steps were recorded says so', () => {
  expect(lineOf({ reusedSteps: 4, category: null })).toMatch(/round {2}7\/16 {2}mixed .* 2\.00 s, recorded$/);
});

test('a round without pairs shows no loss and no reward', () => {
  const line = lineOf({ banditReward: null, loss: null, pairs: 0 });
  expect(line).toContain('no preference pairs, nothing trained');
  expect(line).not.toMatch(/loss|reward/);
});

test('accuracy over all prompts, and by category where there are several', () => {
  const summary = {
    iteration: 3,
    outcomes: { sha256: '0'.repeat(64), bytes: 0, mediaType: 'application/jsonl' },
    byCategory: [
      { category: 'product', correct: 1, total: 4 },
      { category: 'sum', correct: 5, total: 8 },
    ],
    seconds: 1,
  };
  expect(stripVTControlCharacters(accuracyLine(summary))).toBe(
    'policy 3: held-out accuracy 50.0 %  product 25.0 %  sum 62.5 %',
  );
  const one = { ...summary, byCategory: summary.byCategory.slice(1) };
  expect(stripVTControlCharacters(accuracyLine(one)).trimEnd()).toBe('policy 3: held-out accuracy 62.5 %');
});

test('a win rate has its interval, verdicts and what is doubtful about them', () => {
  const verdicts = { wins: 6, ties: 1, losses: 3, flipped: 1, missing: 2, meanLength: { policy: 8, baseline: 7 } };
  const summary = {
    iteration: 1,
    outcomes: { sha256: '0'.repeat(64), bytes: 0, mediaType: 'application/jsonl' },
    byCategory: [{ category: 'sum', correct: 6.5, total: 10, verdicts }],
    seconds: 1,
  };
  expect(stripVTControlCharacters(accuracyLine(summary))).toBe(
    'policy 1: win rate 65.0 % [36.4 %, 88.6 %]  6 wins, 1 ties, 3 losses, 1 flipped, 2 missing',
  );
});
