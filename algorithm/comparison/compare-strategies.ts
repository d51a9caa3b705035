import type { ComparisonResult, MeasuredPolicy, StrategyResult, StrategyRun } from '../../contract/comparison-result';
import type { Cost } from '../../contract/cost-ledger';
import { addPicks } from '../add-named';
import { addCosts } from '../cost/add-costs';
import { holm } from '../statistics/holm';
import { runsInterval } from '../statistics/runs-interval';
import { equalCompute, equalSteps } from './compute-views';
import { differenceFromReference } from './difference-from-reference';
import { aggregatesOf, meansOfRuns, resamples, scoresOf } from './strategy-scores';

interface ComparedStrategy extends Pick<StrategyResult, 'name' | 'selection' | 'changes'> {
  runs: StrategyRun[];
}

export interface ComparedStrategies {
  comparison: string;
  reference: string;
  seeds: number[];
  strategies: ComparedStrategy[];
}

/**
 * The tables of a comparison. Only finished runs count; a strategy without any has no numbers. Strata are the categories of
 * the held-out prompts. Intervals: rliable’s stratified bootstrap (Agarwal et al. 2021), over seeds.
 */
export function compareStrategies({ comparison, reference, seeds, strategies }: ComparedStrategies): ComparisonResult {
  const finished = strategies.map(({ name, runs }) => ({ name, runs: runs.filter(counts) }));
  const rows = finished.flatMap(({ runs }) => runs.flatMap(({ policies }) => policies)).at(0)?.byCategory ?? [];
  const categories = rows.map(({ category }) => category);
  const runsOf = (wanted: string) => finished.find(({ name }) => name === wanted)?.runs ?? [];
  const referenceRuns = runsOf(reference);

  const differences = finished.map(({ name, runs }) =>
    name === reference ? null : differenceFromReference(referenceRuns, runs, categories),
  );
  const compared = differences.filter((one) => one !== null);
  const adjusted = holm(compared.map(({ pValue }) => pValue));
  const goal = meanOfLast(referenceRuns, categories);
  return {
    version: 1,
    ...{ comparison, reference, seeds, categories },
    heldOutPrompts: rows.reduce((sum, { total }) => sum + total, 0),
    statistics: {
      confidence: 0.95,
      resamples: resamples.table,
      method: 'stratified bootstrap over seeds, drawn together for all categories, percentile',
    },
    strategies: strategies.map((strategy, index): StrategyResult => {
      const runs = runsOf(strategy.name);
      const difference = differences[index] ?? null;
      return {
        ...strategy,
        finished: runs.length,
        accuracy: runs.length === 0 ? null : aggregatesOf(scoresOf(lastPolicies(runs), categories), 'table'),
        difference: difference && { ...difference, adjustedPValue: adjusted[compared.indexOf(difference)] ?? 1 },
        catchesUp: goal === null ? null : catchesUp(runs, categories, goal),
        cost: meanCost(runs),
        picks: runs.map(({ picks }) => picks).reduce(addPicks, {}),
        laterPicks: runs.map(({ laterPicks }) => laterPicks).reduce(addPicks, {}),
        ...meanTelling(runs),
      };
    }),
    equalSteps: equalSteps(finished, categories),
    equalCompute: equalCompute(referenceRuns, finished, categories),
  };
}

function counts({ status, policies, ledger }: StrategyRun): boolean {
  return status === 'finished' && policies.length > 0 && ledger !== null;
}

function lastPolicies(runs: readonly StrategyRun[]): MeasuredPolicy[] {
  return runs.flatMap(({ policies }) => policies.at(-1) ?? []);
}

function meanOfLast(runs: readonly StrategyRun[], categories: readonly string[]): number | null {
  return runs.length === 0 ? null : average(meansOfRuns(scoresOf(lastPolicies(runs), categories)));
}

function catchesUp(runs: readonly StrategyRun[], categories: readonly string[], goal: number) {
  for (const { iteration } of runs[0]?.policies ?? []) {
    const policies = runs.flatMap((run) => run.policies.find((policy) => policy.iteration === iteration) ?? []);
    if (policies.length < runs.length) continue;
    if (average(meansOfRuns(scoresOf(policies, categories))) < goal - 1e-12) continue;
    const of = (measure: keyof MeasuredPolicy['spent']) => average(policies.map(({ spent }) => spent[measure]));
    return {
      iteration,
      spent: {
        rewardModelCalls: Math.round(of('rewardModelCalls')),
        scoringSeconds: of('scoringSeconds'),
        wallSeconds: of('wallSeconds'),
        trainingSteps: Math.round(of('trainingSteps')),
      },
    };
  }
  return null;
}

function meanCost(runs: readonly StrategyRun[]): Cost | null {
  if (runs.length === 0) return null;
  const { seconds, scoringSeconds, wallSeconds, money, scoredTokens, ...counted } = addCosts(
    runs.flatMap(({ ledger }) => ledger?.campaign ?? []),
  );
  const each = <Name extends string>(sums: Record<Name, number>, round = (value: number) => value) =>
    Object.fromEntries(
      Object.entries<number>(sums).map(([name, value]) => [name, round(value / runs.length)]),
    ) as Record<Name, number>;
  return {
    ...each(counted, Math.round),
    ...each({ scoringSeconds, wallSeconds, money, scoredTokens }),
    seconds: each(seconds),
  };
}

function meanTelling(runs: readonly StrategyRun[]): Pick<StrategyResult, 'tellsBest'> {
  const asked = runs.flatMap(({ tellsBest }) => (tellsBest === undefined ? [] : [tellsBest]));
  const told = asked.filter((share) => share !== null);
  if (asked.length === 0) return {};
  return {
    tellsBest: told.length === 0 ? null : runsInterval([told], 'mean', { seed: 1, resamples: resamples.table }),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
