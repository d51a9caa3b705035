import { compareStrategies } from '../../../algorithm/comparison/compare-strategies';
import { policiesOfRun } from '../../../algorithm/comparison/policies-of-run';
import { buildCostLedger } from '../../../algorithm/cost/build-cost-ledger';
import { comparisonResult, type StrategyRun } from '../../../contract/comparison-result';

const seeds = [1, 2, 3, 4, 5];
const scale = { promptBatchSize: 2, sampling: { completionsPerPrompt: 5 } };
const outcomes = { sha256: '0'.repeat(64), bytes: 1, mediaType: 'application/json' };

/** A campaign whose policy m has so many of 100 right in "sum", and ten fewer in "sort"; each round asks so many models. */
function runOf(seed: number, correct: number[], asked: number, changes: Partial<StrategyRun> = {}): StrategyRun {
  const evaluations = correct.map((right, iteration) => ({
    ...{ iteration, outcomes, seconds: 1 },
    byCategory: [
      { category: 'sort', correct: right - 10, total: 100 },
      { category: 'sum', correct: right, total: 100 },
    ],
  }));
  const rounds = correct.slice(1).map((_, index) => ({
    iteration: index + 1,
    generatedTokens: 50,
    seconds: { embed: 1, generate: 2, score: 3, train: 4 },
    scoring: Array.from({ length: asked }, (_one, arm) => ({
      ...{ rewardModelId: `rm-${arm}`, scored: 10, missing: 0, seconds: 3 },
    })),
    training: { tokens: 70, optimizerSteps: 3 },
  }));
  const ledger = buildCostLedger(rounds, evaluations, scale);
  const picks = { sum: { 'rm-0': 1 }, sort: { [`rm-${seed % 2}`]: 1 } };
  const policies = policiesOfRun(evaluations, ledger);
  return {
    ...{
      seed,
      campaignId: `c-s${seed}`,
      status: 'finished',
      failure: null,
      policies,
      picks,
      laterPicks: picks,
      ledger,
    },
    ...changes,
  };
}

const strategyOf = (name: string, runs: StrategyRun[]) => ({ name, selection: name, changes: {}, runs });
const laser = strategyOf(
  'laser',
  seeds.map((seed) => runOf(seed, [50, 60 + seed, 70 + seed], 1)),
);
/** Two points better under every seed. */
const better = strategyOf(
  'better',
  seeds.map((seed) => runOf(seed, [50, 75, 72 + seed], 1)),
);
/** Asks three reward models a round, and differs from laser by −2, +1, −3, +2, −1. */
const ensemble = strategyOf(
  'ensemble',
  seeds.map((seed) => runOf(seed, [50, 55, 70 + seed + [-2, 1, -3, 2, -1][seed - 1]!], 3)),
);
const compared = { comparison: 'c', reference: 'laser', seeds, strategies: [laser, better, ensemble] };
const result = compareStrategies(compared);
const rowOf = (name: string, from = result) => from.strategies.find((strategy) => strategy.name === name)!;

test('is what the published schema says', () => {
  expect(comparisonResult.parse(result)).toEqual(result);
  expect(result).toMatchObject({ categories: ['sort', 'sum'], heldOutPrompts: 200, reference: 'laser' });
});

test('mean and IQM of the last policies are over categories and seeds', () => {
  const { mean, iqm } = rowOf('laser').accuracy!;
  expect(mean.estimate).toBeCloseTo(0.68, 12);
  // Of 61 … 65 and 71 … 75, two fall away at each end.
  expect(iqm.estimate).toBeCloseTo((63 + 64 + 65 + 71 + 72 + 73) / 600, 12);
  expect(mean.low).toBeGreaterThanOrEqual(0.66);
  expect(mean.low).toBeLessThan(mean.estimate);
  expect(mean.high).toBeLessThanOrEqual(0.7);
});

test('differences are paired: what a seed does to both falls out', () => {
  const difference = rowOf('better').difference!;
  for (const bound of [difference.mean.estimate, difference.mean.low, difference.mean.high]) {
    expect(bound).toBeCloseTo(0.02, 12);
  }
  expect(difference).toMatchObject({ seeds: 5, pValue: 2 / 32, adjustedPValue: 2 * (2 / 32) });
  // Of 25 pairs of runs, 73 … 77 against 71 … 75: 19 above, 3 equal.
  expect(difference.improvement).toBeCloseTo((19 + 3 / 2) / 25, 12);
  expect(rowOf('laser').difference).toBeNull();
});

test('p-values are exact over the seeds, and Holm’s over the table', () => {
  // Sum −3 of sizes 2, 1, 3, 2, 1: of 32 sign patterns, those with |sum| ≥ 3.
  const sums = [2, 1, 3, 2, 1].reduce((reached, size) => reached.flatMap((sum) => [sum + size, sum - size]), [0]);
  const p = sums.filter((sum) => Math.abs(sum) >= 3).length / 32;
  expect(rowOf('ensemble').difference).toMatchObject({ pValue: p, adjustedPValue: Math.max(p, 2 * (2 / 32)) });
});

test('costs are means over runs, picks are sums', () => {
  expect(rowOf('ensemble').cost).toMatchObject({
    ...{ rewardModelCalls: 60, generatedTokens: 100, trainedTokens: 140, optimizerSteps: 6 },
    ...{ scoringSeconds: 6, wallSeconds: 2 * (2 + 3 + 4) + 3 },
    seconds: { generate: 4, score: 18, train: 8, evaluate: 3 },
  });
  expect(rowOf('laser').picks).toEqual({ sum: { 'rm-0': 5 }, sort: { 'rm-1': 3, 'rm-0': 2 } });
});

test('equal steps: every strategy after each iteration', () => {
  const means = result.equalSteps.map(({ iteration, strategies }) => [
    iteration,
    ...strategies.map(({ mean }) => Number(mean.estimate.toFixed(6))),
  ]);
  expect(means).toEqual([
    [0, 0.45, 0.45, 0.45],
    [1, 0.58, 0.7, 0.5],
    [2, 0.68, 0.7, 0.674],
  ]);
});

test('equal compute: the ensemble, three times as dear, is still at its first policy when laser has its second', () => {
  const row = result.equalCompute.find(({ measure, iteration }) => measure === 'rewardModelCalls' && iteration === 2)!;
  expect(row.budget).toBe(20);
  const means = row.strategies.map(({ strategy, mean }) => [strategy, Number(mean.estimate.toFixed(6))]);
  expect(means).toEqual([
    ['laser', 0.68],
    ['better', 0.7],
    ['ensemble', 0.45],
  ]);
  const training = result.equalCompute.filter(({ measure }) => measure === 'trainingSteps').at(-1)!;
  expect(training.strategies.at(-1)!.mean.estimate).toBeCloseTo(0.674, 12);
});

test('says when a strategy has what the reference ends with', () => {
  expect(rowOf('laser').catchesUp).toMatchObject({ iteration: 2 });
  expect(rowOf('better').catchesUp).toMatchObject({ iteration: 1, spent: { rewardModelCalls: 10, scoringSeconds: 3 } });
  expect(rowOf('ensemble').catchesUp).toBeNull();
});

describe('runs that did not finish', () => {
  const failure = 'The server was gone.';
  const failed: Partial<StrategyRun> = { status: 'failed', failure, policies: [], ledger: null };
  const torn = strategyOf('torn', [
    ...seeds.slice(0, 3).map((seed) => runOf(seed, [50, 55, 60], 1)),
    ...seeds.slice(3).map((seed) => runOf(seed, [50], 1, failed)),
  ]);
  const gone = strategyOf('gone', [runOf(1, [50], 1, failed)]);

  it('do not count, and the others are compared by the seeds they share with the reference', () => {
    const partly = compareStrategies({ ...compared, strategies: [laser, torn, gone] });
    expect(rowOf('torn', partly)).toMatchObject({ finished: 3, difference: { seeds: 3, pValue: 2 / 8 } });
    expect(rowOf('torn', partly).difference!.mean.estimate).toBeCloseTo(-0.12, 12);
    expect(rowOf('gone', partly)).toMatchObject({
      finished: 0,
      accuracy: null,
      difference: null,
      cost: null,
      picks: {},
    });
    expect(rowOf('gone', partly).runs[0]).toMatchObject({ status: 'failed', failure: 'The server was gone.' });
  });

  it('leave a table without numbers where there is none at all', () => {
    const nothing = compareStrategies({ ...compared, reference: 'gone', strategies: [gone] });
    expect(nothing).toMatchObject({ heldOutPrompts: 0, equalSteps: [], equalCompute: [] });
    expect(comparisonResult.parse(nothing)).toEqual(nothing);
  });
});
