import { compareStrategies } from '../../../algorithm';
import { comparisonMarkdown } from '../../../report/comparison/comparison-markdown';
import { comparisonText } from '../../../cli/compare/comparison-text';
import { renderComparison } from '../../../report';
import type { StrategyRun } from '../../../contract/comparison-result';
import { costLedger } from '../../../contract/cost-ledger';

const spent = { rewardModelCalls: 1200, scoringSeconds: 6, wallSeconds: 20, trainingSteps: 30 };
const nothing = { rewardModelCalls: 0, scoringSeconds: 0, wallSeconds: 0, trainingSteps: 0 };
const category = (correct: number) => [{ category: 'all', correct, total: 200 }];

function runOf(seed: number, correct: number): StrategyRun {
  const costs = {
    ...{ rewardModelCalls: 1200, generatedTokens: 50_000, trainedTokens: 9000, scoredTokens: 50_000 },
    ...{ optimizerSteps: 30, money: 0.25, seconds: { generate: 10, score: 6, train: 4 } },
    ...{ scoringSeconds: 6, wallSeconds: 20 },
  };
  return {
    ...{ seed, campaignId: `c-s${seed}`, status: 'finished', failure: null },
    policies: [
      { iteration: 0, accuracy: 0.5, byCategory: category(100), spent: nothing },
      { iteration: 1, accuracy: correct / 200, byCategory: category(correct), spent },
    ],
    picks: { all: { 'rm-a': 3, 'rm-b': 1 } },
    laterPicks: { all: { 'rm-a': 2 } },
    tellsBest: 0.75,
    ledger: costLedger.parse({ currency: 'EUR', campaign: costs, iterations: [], rewardModels: [] }),
  };
}

const lost: StrategyRun = {
  ...{ seed: 2, campaignId: 'c-random-s2', status: 'failed', failure: 'Campaign c-random-s2 failed: it was cold.' },
  ...{ policies: [], picks: {}, laterPicks: {}, ledger: null },
};
const strategy = (name: string, runs: StrategyRun[]) => ({ name, selection: name, changes: {}, runs });
const result = compareStrategies({
  ...{ comparison: 'c', reference: 'laser', seeds: [1, 2] },
  strategies: [strategy('laser', [runOf(1, 150), runOf(2, 160)]), strategy('random', [runOf(1, 140), lost])],
});
const markdown = comparisonMarkdown(result, { command: 'laser compare c.yaml', machine: '2 × a processor' });
const cellsOf = (title: string, name: string) => {
  const section = markdown.split('\n## ').find((text) => text.startsWith(title)) ?? '';
  const row = section.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? '';
  return row.slice(2, -2).split(' | ');
};

test('says how well the bandit reward tells the best reward model from the others', () => {
  expect(cellsOf('What the bandit reward says', 'laser')).toEqual(['laser', '75.0 [75.0, 75.0]']);
  expect(cellsOf('Later picks', 'laser').slice(1)).toEqual(['all', '100']);
});

test('says how it was made', () => {
  expect(markdown).toMatch(/^# c\n\n`laser compare c\.yaml`, 2 × a processor\.\n/);
});

test('the main table: accuracy, and the difference over the seeds that both have', () => {
  expect(cellsOf('Accuracy of the last policies', 'laser')).toEqual([
    ...['laser', '2', '77.5 [75.0, 80.0]', '77.5 [75.0, 80.0]', '–', '–', '–', '–', '–'],
  ]);
  expect(cellsOf('Accuracy of the last policies', 'random')).toEqual([
    ...['random', '1', '70.0 [70.0, 70.0]', '70.0 [70.0, 70.0]'],
    ...['−5.0 [−5.0, −5.0]', '−5.0 [−5.0, −5.0]', '1.0000', '1.0000', '0 %'],
  ]);
});

test('costs, with money where there are prices', () => {
  expect(cellsOf('Cost of a run', 'laser')).toEqual([
    ...['laser', '1,200', '6.0', '20.0', '50,000', '9,000', '30', '0.2500', 'iteration 1, 1,200 calls'],
  ]);
});

test('every run by seed, and why one failed', () => {
  expect(cellsOf('Every run', 'laser')).toEqual(['laser', '75.0', '80.0']);
  expect(cellsOf('Every run', 'random')).toEqual(['random', '70.0', 'failed']);
  expect(markdown).toContain('## Failed campaigns\n\n- Campaign c-random-s2 failed: it was cold.\n');
});

test('equal steps, equal compute and picks', () => {
  expect(cellsOf('Equal steps', 'laser')).toEqual(['laser', '50.0 [50.0, 50.0]', '77.5 [75.0, 80.0]']);
  expect(cellsOf('Equal calls of reward models', 'random')).toEqual(['random', '70.0 [70.0, 70.0]']);
  expect(markdown).toContain('| strategy | 1,200 (iteration 1) |');
  expect(cellsOf('Picks', 'laser')).toEqual(['laser', 'all', '75', '25']);
});

test('the terminal shows the first two tables', () => {
  const text = comparisonText(result);
  expect(text).toContain('Accuracy of the last policies');
  expect(text).toContain('Cost of a run');
  expect(text).not.toContain('Picks');
});

test('as a page: the same tables, five figures with their data, nothing from elsewhere, and no markup out of data', () => {
  const hostile = { ...result, comparison: '<script>alert(1)</script>' };
  const page = renderComparison(hostile, { command: 'laser compare c.yaml', machine: '2 × a processor' });
  for (const table of ['Accuracy of the last policies', 'Cost of a run', 'Every run', 'Picks']) {
    expect(page).toContain(`<h2>${table}</h2>`);
  }
  expect(page.match(/<figure /g)).toHaveLength(5);
  expect(page.match(/<svg/g)!.length).toBeGreaterThanOrEqual(10);
  expect(page).toContain('Campaign c-random-s2 failed: it was cold.');
  expect(page).not.toMatch(/<script|src=|href="http/);
});

test('strategies measured by a judge are compared by win rate', () => {
  const verdicts = {
    ...{ wins: 90, ties: 40, losses: 70, flipped: 3, missing: 0 },
    meanLength: { policy: 8, baseline: 8 },
  };
  const judgedRun = (seed: number): StrategyRun => {
    const run = runOf(seed, 110);
    const byCategory = [{ category: 'all', correct: 110, total: 200, verdicts }];
    return { ...run, policies: run.policies.map((policy) => ({ ...policy, byCategory })) };
  };
  const judged = compareStrategies({
    ...{ comparison: 'c', reference: 'laser', seeds: [1, 2] },
    strategies: [strategy('laser', [judgedRun(1), judgedRun(2)]), strategy('random', [judgedRun(1), judgedRun(2)])],
  });
  const text = comparisonMarkdown(judged, { command: 'laser compare c.yaml', machine: 'one' });
  expect(text).toContain('## Win rate of the last policies');
  expect(text).not.toMatch(/accuracy|greedy/i);
  expect(renderComparison(judged, { command: 'laser compare c.yaml', machine: 'one' })).not.toMatch(/accuracy/i);
});
