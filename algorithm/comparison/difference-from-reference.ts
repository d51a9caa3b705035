import type { StrategyRun } from '../../contract/comparison-result';
import { pairedPermutation } from '../statistics/paired-permutation';
import { probabilityOfImprovement } from '../statistics/probability-of-improvement';
import { meansOfRuns, pairedAggregatesOf, scoresOf } from './strategy-scores';

/**
 * A strategy’s last policies minus the reference’s, over the seeds that both finished; null where there is none.
 * The p-value is not adjusted yet.
 */
export function differenceFromReference(
  reference: readonly StrategyRun[],
  strategy: readonly StrategyRun[],
  categories: readonly string[],
) {
  const pairs = strategy.flatMap((after) => {
    const before = reference.find(({ seed }) => seed === after.seed)?.policies.at(-1);
    const last = after.policies.at(-1);
    return before && last ? [{ before, after: last }] : [];
  });
  if (pairs.length === 0) return null;
  const before = scoresOf(
    pairs.map((pair) => pair.before),
    categories,
  );
  const after = scoresOf(
    pairs.map((pair) => pair.after),
    categories,
  );
  const [means, meansBefore] = [meansOfRuns(after), meansOfRuns(before)];
  const differences = means.map((mean, run) => mean - (meansBefore[run] ?? NaN));
  return {
    seeds: pairs.length,
    ...pairedAggregatesOf(before, after),
    pValue: pairedPermutation(differences, { seed: 1 }).pValue,
    improvement: probabilityOfImprovement([meansBefore], [means]),
  };
}
