import { iqm } from './iqm';
import { mean } from './mean';
import { stratifiedBootstrap, type BootstrapEstimate, type StratifiedBootstrapOptions } from './stratified-bootstrap';

export type Aggregate = 'iqm' | 'mean';

const aggregates: Record<Aggregate, (values: readonly number[]) => number> = { iqm, mean };

/** Scores of one system: strata (task families) of runs (seeds). */
export type RunScores = readonly (readonly number[])[];

/** IQM or mean of all runs of all strata, with its stratified bootstrap interval. */
export function runsInterval(
  scores: RunScores,
  aggregate: Aggregate,
  options: StratifiedBootstrapOptions,
): BootstrapEstimate {
  checkFinite('runsInterval', scores);
  return stratifiedBootstrap(scores, (strata) => aggregates[aggregate](strata.flat()), options);
}

/**
 * The second system's IQM or mean minus the first's, from the same runs (seeds): entry [s][i] of both is stratum s under
 * seed i, and both are drawn together, so what a seed does to both alike cancels.
 * Throws when the two do not have the same runs.
 */
export function pairedRunsInterval(
  first: RunScores,
  second: RunScores,
  aggregate: Aggregate,
  options: StratifiedBootstrapOptions,
): BootstrapEstimate {
  checkFinite('pairedRunsInterval', first);
  checkFinite('pairedRunsInterval', second);
  const differs = first.findIndex((runs, s) => runs.length !== second[s]?.length);
  if (first.length !== second.length || differs >= 0) {
    throw new Error(
      'pairedRunsInterval: the two systems have other strata or numbers of runs; give the same seeds of both.',
    );
  }
  const pairs = first.map((runs, s) => runs.map((score, i) => [score, second[s]?.[i] ?? NaN] as const));
  const of = aggregates[aggregate];
  const difference = (strata: readonly (readonly (readonly [number, number])[])[]) => {
    const drawn = strata.flat();
    return of(drawn.map(([, after]) => after)) - of(drawn.map(([before]) => before));
  };
  return stratifiedBootstrap(pairs, difference, options);
}

function checkFinite(where: string, scores: RunScores): void {
  const wrong = scores.flat().find((score) => !Number.isFinite(score));
  if (wrong !== undefined) throw new Error(`${where}: a score is ${wrong}; leave out runs that did not finish.`);
}
