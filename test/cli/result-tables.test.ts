import { stripVTControlCharacters } from 'node:util';
import { resultTables } from '../../cli/result-tables';

const ref = { sha256: '0'.repeat(64), bytes: 0, mediaType: 'application/json' };
const evaluation = { outcomes: ref, byCategory: [{ category: 'sum', correct: 1, total: 2 }], seconds: 1.25 };
const result: Parameters<typeof resultTables>[0] = {
  evaluations: [
    { iteration: 0, ...evaluation },
    { iteration: 1, ...evaluation },
  ],
  earlierEvaluations: null,
  comparison: {
    rows: [
      {
        category: 'sum',
        total: 40,
        before: { value: 0.25, low: 0.14, high: 0.4 },
        after: { value: 0.5, low: 0.35, high: 0.65 },
      },
      {
        category: 'all',
        total: 80,
        before: { value: 0.2, low: 0.1, high: 0.3 },
        after: { value: 0.4, low: 0.3, high: 0.5 },
      },
    ],
    pValue: 0.0123456,
  },
  totals: {
    rounds: 6,
    skippedRounds: 1,
    reusedSteps: 0,
    picks: { sum: { 'rm-sum': 3 }, product: { 'rm-noise': 1, 'rm-sum': 2 } },
    arms: {},
    lastLoss: null,
    lastBanditReward: null,
    seconds: { generate: 12.34, train: 5 },
    spent: { seconds: 17.34, tokens: 100, money: 0 },
  },
};

/** The text's rows of cells, without rules, spaces and colours. */
function cellsOf(text: string): string[][] {
  return stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test('accuracy with intervals, picks by category, seconds by step', () => {
  const text = resultTables(result);
  expect(cellsOf(text)).toEqual([
    ['held-out', 'prompts', 'before', 'after'],
    ['sum', '40', '25.0  [14.0, 40.0]', '50.0  [35.0, 65.0]'],
    ['all', '80', '20.0  [10.0, 30.0]', '40.0  [30.0, 50.0]'],
    ['rounds', 'rm-noise', 'rm-sum'],
    ['product', '1', '2'],
    ['sum', '0', '3'],
    ['step', 'seconds'],
    ['generate', '12.3'],
    ['train', '5.0'],
    ['evaluate', '2.5'],
  ]);
  expect(stripVTControlCharacters(text)).toContain('McNemar test over all prompts: p = 0.0123');
});

test('a tiny p is given by its power of ten', () => {
  const text = resultTables({ ...result, comparison: { rows: [], pValue: 3.21e-9 } });
  expect(stripVTControlCharacters(text)).toContain('p = 3.2e-9');
});

test('a campaign that was never compared shows no accuracy', () => {
  expect(resultTables({ ...result, comparison: null })).not.toContain('Accuracy');
});

test('of a win rate, each policy by category, with verdicts and lengths', () => {
  const row = (category: string, wins: number, losses: number) => ({
    ...{ category, correct: wins + 1, total: wins + losses + 2 },
    verdicts: { wins, ties: 2, losses, flipped: 1, missing: 0, meanLength: { policy: 8.25, baseline: 7 } },
  });
  const judged = { ...evaluation, byCategory: [row('sort', 5, 1), row('sum', 0, 2)] };
  const text = resultTables({ ...result, evaluations: [{ iteration: 1, ...judged }] });
  expect(cellsOf(text).slice(0, 4)).toEqual([
    ['policy', 'held-out', 'judged', 'win rate', 'wins', 'ties', 'losses', 'flipped', 'missing', 'length'],
    ['1', 'sort', '8', '75.0  [45.2, 94.8]', '5', '2', '1', '1', '0', '8.3 / 7.0'],
    ['1', 'sum', '4', '25.0  [3.5, 63.2]', '0', '2', '2', '1', '0', '8.3 / 7.0'],
    ['1', 'all', '12', '58.3  [35.3, 79.0]', '5', '4', '3', '2', '0', '8.3 / 7.0'],
  ]);
  expect(stripVTControlCharacters(text)).toContain('Sign test over all prompts, last policy against first: p = 0.0123');
  expect(text).not.toMatch(/accuracy|McNemar/i);
});
