import type { MeasuredPolicy } from '../../contract/comparison-result';
import { pairedRunsInterval, runsInterval, type RunScores } from '../statistics/runs-interval';

/** Runs of a comparison are few and its categories share one policy, so runs are drawn for all categories together. */
const draws = { draws: 'together', seed: 1 } as const;
/** Of the intervals of the main table; those along the curves take fewer. */
export const resamples = { table: 10_000, curve: 2000 } as const;

/** Accuracy of one policy a run, by category. Throws when a policy was not measured on a category. */
export function scoresOf(policies: readonly MeasuredPolicy[], categories: readonly string[]): RunScores {
  return categories.map((category) =>
    policies.map(({ byCategory }) => {
      const row = byCategory.find((one) => one.category === category);
      if (!row) throw new Error(`A policy was not measured on category "${category}"; compare on the same prompts.`);
      return row.correct / row.total;
    }),
  );
}

/** Mean and interquartile mean with their 95 % intervals. */
export function aggregatesOf(scores: RunScores, effort: keyof typeof resamples) {
  const options = { ...draws, resamples: resamples[effort] };
  return { mean: runsInterval(scores, 'mean', options), iqm: runsInterval(scores, 'iqm', options) };
}

/** The same of the differences after − before, paired by run. */
export function pairedAggregatesOf(before: RunScores, after: RunScores) {
  const options = { ...draws, resamples: resamples.table };
  return {
    mean: pairedRunsInterval(before, after, 'mean', options),
    iqm: pairedRunsInterval(before, after, 'iqm', options),
  };
}

/** For each run, the mean over its categories. */
export function meansOfRuns(scores: RunScores): number[] {
  const runs = scores[0]?.length ?? 0;
  return Array.from(
    { length: runs },
    (_, run) => scores.reduce((sum, row) => sum + (row[run] ?? NaN), 0) / scores.length,
  );
}
