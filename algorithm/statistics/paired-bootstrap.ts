import type { Interval } from './interval';
import { mean } from './mean';
import { stratifiedBootstrap, type BootstrapOptions } from './stratified-bootstrap';

/** The same item under two systems. Items of one `stratum` (a category) are only exchanged with each other. */
export interface PairedOutcome {
  readonly first: number;
  readonly second: number;
  readonly stratum?: string | undefined;
}

export interface BootstrapResult extends Interval {
  /** Mean of second − first over all items. */
  readonly difference: number;
}

/**
 * Percentile interval of the mean difference second − first: items are drawn with replacement, pairs kept together,
 * and every stratum keeps its size (Efron & Tibshirani 1993, "An Introduction to the Bootstrap", 13.3; Miller 2024,
 * arXiv 2411.00640, on pairing). Strata are drawn in order of name, so the order of the categories does not matter.
 * 10,000 resamples and 95 % unless told. Degenerate: if all differences are equal, the interval is that point.
 * Throws on no outcomes or a value that is not finite.
 */
export function pairedBootstrap(outcomes: readonly PairedOutcome[], options: BootstrapOptions): BootstrapResult {
  if (outcomes.length === 0) throw new Error('pairedBootstrap: there are no outcomes; give at least one pair.');
  const strata = differencesByStratum(outcomes);
  const { estimate, low, high } = stratifiedBootstrap(strata, (drawn) => mean(drawn.flat()), options);
  return { difference: estimate, low, high };
}

function differencesByStratum(outcomes: readonly PairedOutcome[]): number[][] {
  const strata = new Map<string, number[]>();
  for (const { first, second, stratum = '' } of outcomes) {
    const difference = second - first;
    if (!Number.isFinite(difference)) {
      throw new Error(`pairedBootstrap: the outcomes ${first} and ${second} are not both finite; drop the item.`);
    }
    const differences = strata.get(stratum) ?? [];
    differences.push(difference);
    strata.set(stratum, differences);
  }
  return [...strata.keys()].sort().map((stratum) => strata.get(stratum) ?? []);
}
