import type { ComparisonResult, ComputeMeasure, MeasuredPolicy, StrategyRun } from '../../contract/comparison-result';
import { aggregatesOf, scoresOf } from './strategy-scores';

export interface FinishedRuns {
  name: string;
  runs: readonly StrategyRun[];
}

/** Accuracy after each iteration, of the strategies that measured it in every finished run. */
export function equalSteps(
  strategies: readonly FinishedRuns[],
  categories: readonly string[],
): ComparisonResult['equalSteps'] {
  return iterationsOf(strategies.flatMap(({ runs }) => runs)).map((iteration) => ({
    iteration,
    strategies: strategies.flatMap(({ name, runs }) => {
      const policies = runs.map((run) => run.policies.find((policy) => policy.iteration === iteration));
      return meanOf(name, policies, categories);
    }),
  }));
}

const measures: readonly ComputeMeasure[] = ['rewardModelCalls', 'scoringSeconds', 'wallSeconds', 'trainingSteps'];

/** Accuracy at the compute that the reference had spent after each of its iterations. */
export function equalCompute(
  reference: readonly StrategyRun[],
  strategies: readonly FinishedRuns[],
  categories: readonly string[],
): ComparisonResult['equalCompute'] {
  const iterations = iterationsOf(reference).filter((iteration) => iteration > 0);
  return measures.flatMap((measure) =>
    iterations.flatMap((iteration) => {
      const spent = reference.flatMap(
        ({ policies }) => policies.find((policy) => policy.iteration === iteration)?.spent[measure] ?? [],
      );
      if (spent.length < reference.length) return [];
      const budget = Math.max(...spent);
      const within = ({ policies }: StrategyRun) => policies.findLast((policy) => policy.spent[measure] <= budget);
      const rows = strategies.flatMap(({ name, runs }) => meanOf(name, runs.map(within), categories));
      return [{ measure, iteration, budget, strategies: rows }];
    }),
  );
}

function iterationsOf(runs: readonly StrategyRun[]): number[] {
  const all = runs.flatMap(({ policies }) => policies.map(({ iteration }) => iteration));
  return [...new Set(all)].sort((left, right) => left - right);
}

function meanOf(strategy: string, policies: readonly (MeasuredPolicy | undefined)[], categories: readonly string[]) {
  const measured = policies.filter((policy) => policy !== undefined);
  if (measured.length === 0 || measured.length < policies.length) return [];
  return [{ strategy, runs: measured.length, ...aggregatesOf(scoresOf(measured, categories), 'curve') }];
}
