import { seededRandom } from '../seeded-random';
import { checkConfidence, type Interval } from './interval';
import { quantile } from './quantile';

/** The same item under two systems. Items of one `stratum` (a category) are only exchanged with each other. */
export interface PairedOutcome {
  readonly first: number;
  readonly second: number;
  readonly stratum?: string | undefined;
}

export interface BootstrapOptions {
  readonly seed: number;
  readonly resamples?: number;
  readonly confidence?: number;
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
export function pairedBootstrap(
  outcomes: readonly PairedOutcome[],
  { seed, resamples = 10_000, confidence = 0.95 }: BootstrapOptions,
): BootstrapResult {
  checkConfidence(confidence);
  if (outcomes.length === 0) throw new Error('pairedBootstrap: there are no outcomes; give at least one pair.');
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new Error(`pairedBootstrap: resamples is ${resamples}; give a whole number of at least 1.`);
  }
  const strata = differencesByStratum(outcomes);
  const random = seededRandom(seed);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (const differences of strata) {
      for (let drawn = 0; drawn < differences.length; drawn += 1) sum += random.pick(differences);
    }
    return sum / outcomes.length;
  });
  const difference = strata.flat().reduce((sum, value) => sum + value, 0) / outcomes.length;
  return {
    difference,
    low: quantile(means, (1 - confidence) / 2),
    high: quantile(means, (1 + confidence) / 2),
  };
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
