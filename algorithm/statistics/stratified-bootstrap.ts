import { seededRandom, type Random } from '../seeded-random';
import { checkConfidence, type Interval } from './interval';
import { normalCdf, normalQuantile } from './normal-distribution';
import { quantile } from './quantile';

export interface BootstrapOptions {
  readonly seed: number;
  /** 10,000 unless told. */
  readonly resamples?: number;
  /** 0.95 unless told. */
  readonly confidence?: number;
}

export interface StratifiedBootstrapOptions extends BootstrapOptions {
  /**
   * `apart`: each stratum draws its own runs, as rliable does, for runs of different strata that have nothing in common.
   * `together`: one draw of run numbers for all strata, for runs that gave a value in every stratum (one policy measured
   * on every task family): their values rise and fall together, and drawing apart would hide that.
   */
  readonly draws?: 'apart' | 'together';
  /** `percentile` (as rliable) unless told; `bca` corrects for bias and skewness. */
  readonly method?: 'percentile' | 'bca';
}

export interface BootstrapEstimate extends Interval {
  /** The statistic of the data as they are. */
  readonly estimate: number;
}

/**
 * Interval of a statistic of runs × strata: runs are drawn with replacement within strata (task families), each keeping
 * its size. A run may be a number, or a pair of numbers for a paired comparison.
 *
 * Percentile intervals with `apart` are rliable's (Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the
 * Statistical Precipice"). BCa: Efron 1987, "Better Bootstrap Confidence Intervals", with z₀ from the share of resamples
 * below the estimate (ties half) and the acceleration of several samples, a = Σl³/6(Σl²)^1.5 over the jackknife influences
 * (Davison & Hinkley 1997, 5.3). With few runs (under 10) all bootstrap intervals are too narrow; say how many there were.
 * Degenerate: a statistic that never varies has a point for interval.
 * Throws on no strata, an empty one, or with `together` strata of different sizes.
 */
export function stratifiedBootstrap<Run>(
  strata: readonly (readonly Run[])[],
  statistic: (strata: readonly (readonly Run[])[]) => number,
  { seed, resamples = 10_000, confidence = 0.95, draws = 'apart', method = 'percentile' }: StratifiedBootstrapOptions,
): BootstrapEstimate {
  checkConfidence(confidence);
  checkStrata(strata, draws);
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new Error(`bootstrap: resamples is ${resamples}; give a whole number of at least 1.`);
  }
  const random = seededRandom(seed);
  const estimate = statistic(strata);
  const resampled = Array.from({ length: resamples }, () => statistic(draw(strata, draws, random)));
  const tail = (1 - confidence) / 2;
  const level = method === 'bca' ? correctedLevels(strata, statistic, draws, estimate, resampled) : (q: number) => q;
  return { estimate, low: quantile(resampled, level(tail)), high: quantile(resampled, level(1 - tail)) };
}

function draw<Run>(strata: readonly (readonly Run[])[], draws: 'apart' | 'together', random: Random): Run[][] {
  if (draws === 'apart') return strata.map((runs) => runs.map(() => random.pick(runs)));
  const places = (strata[0] ?? []).map((_, __, runs) => random.nextInt(runs.length));
  return strata.map((runs) => places.map((place) => runs[place] as Run));
}

/** The quantile of the resamples to take for a nominal one. */
function correctedLevels<Run>(
  strata: readonly (readonly Run[])[],
  statistic: (strata: readonly (readonly Run[])[]) => number,
  draws: 'apart' | 'together',
  estimate: number,
  resampled: readonly number[],
): (nominal: number) => number {
  const below = resampled.reduce((sum, value) => sum + Number(value < estimate) + Number(value === estimate) / 2, 0);
  const half = 0.5 / resampled.length;
  const bias = normalQuantile(Math.min(1 - half, Math.max(half, below / resampled.length)));
  const influences = draws === 'apart' ? influencesApart(strata, statistic) : influencesTogether(strata, statistic);
  const squares = influences.reduce((sum, influence) => sum + influence ** 2, 0);
  const cubes = influences.reduce((sum, influence) => sum + influence ** 3, 0);
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  return (nominal) => {
    const shifted = bias + normalQuantile(nominal);
    return normalCdf(bias + shifted / (1 - acceleration * shifted));
  };
}

/** Each run's jackknife influence (nₛ − 1)(θ̄ − θ₍₋ᵢ₎), over its stratum's size. A stratum of one run has none. */
function influencesApart<Run>(
  strata: readonly (readonly Run[])[],
  statistic: (strata: readonly (readonly Run[])[]) => number,
): number[] {
  return strata.flatMap((runs, changed) => {
    const without = (place: number) => strata.map((all, s) => (s === changed ? all.toSpliced(place, 1) : all));
    return runs.length === 1 ? [] : centred(runs.map((_, place) => statistic(without(place))));
  });
}

function influencesTogether<Run>(
  strata: readonly (readonly Run[])[],
  statistic: (strata: readonly (readonly Run[])[]) => number,
): number[] {
  const runs = strata[0] ?? [];
  if (runs.length === 1) return [];
  return centred(runs.map((_, place) => statistic(strata.map((all) => all.toSpliced(place, 1)))));
}

function centred(leftOut: readonly number[]): number[] {
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length;
  return leftOut.map((value) => ((leftOut.length - 1) * (mean - value)) / leftOut.length);
}

function checkStrata(strata: readonly (readonly unknown[])[], draws: 'apart' | 'together'): void {
  const empty = strata.findIndex((runs) => runs.length === 0);
  if (strata.length === 0 || empty >= 0) {
    throw new Error(
      `bootstrap: ${strata.length === 0 ? 'there are no strata' : `stratum ${empty} has no runs`}; give at least one run.`,
    );
  }
  const other = strata.find((runs) => runs.length !== strata[0]?.length);
  if (draws === 'together' && other) {
    throw new Error(
      `bootstrap: strata have ${strata[0]?.length} and ${other.length} runs, so they cannot be drawn together; ` +
        'give every run a value in every stratum, or draw apart.',
    );
  }
}
