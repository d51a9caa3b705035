import { mean } from './mean';
import type { RunScores } from './runs-interval';

/**
 * Chance that a run of the second system beats a run of the first on the same stratum, ties half, mean over strata: the
 * Mann–Whitney U over n·m, rliable's probability of improvement (Agarwal et al. 2021). 0.5 is no difference. An effect
 * size that needs no units; runs need not be paired. Throws when the systems differ in strata, or one is empty.
 */
export function probabilityOfImprovement(first: RunScores, second: RunScores): number {
  if (first.length !== second.length) {
    throw new Error(
      `probabilityOfImprovement: ${first.length} and ${second.length} strata; give the same ones of both systems.`,
    );
  }
  const ofStratum = (before: readonly number[], after: readonly number[]) =>
    mean(after.flatMap((better) => before.map((worse) => (better > worse ? 1 : better === worse ? 0.5 : 0))));
  return mean(first.map((runs, s) => ofStratum(runs, second[s] ?? [])));
}
