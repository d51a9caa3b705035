import { quantile } from '../statistics/quantile';

export interface QuantileNormaliserParameters {
  /** 0.2 in the paper. */
  readonly lowQuantile: number;
  /** 0.8 in the paper. */
  readonly highQuantile: number;
}

/** The raw rewards so far, in order: minus the mean train loss of each round. Plain JSON data. */
export interface QuantileNormaliserState {
  readonly parameters: QuantileNormaliserParameters;
  readonly history: readonly number[];
}

export interface NormalisedReward {
  readonly state: QuantileNormaliserState;
  /** In [0, 1]. */
  readonly banditReward: number;
}

/** Throws unless 0 ≤ lowQuantile < highQuantile ≤ 1. */
export function createQuantileNormaliser(parameters: QuantileNormaliserParameters): QuantileNormaliserState {
  const { lowQuantile, highQuantile } = parameters;
  if (!(lowQuantile >= 0 && lowQuantile < highQuantile && highQuantile <= 1)) {
    throw new Error(
      `quantile normaliser: lowQuantile is ${lowQuantile} and highQuantile ${highQuantile}; give 0 ≤ low < high ≤ 1.`,
    );
  }
  return { parameters, history: [] };
}

/**
 * The paper's scaling of the bandit reward: with q_lo and q_hi the quantiles of the history, this reward included,
 *
 *   r̂ = 0 if r < q_lo,   1 if r > q_hi,   (r − q_lo)/(q_hi − q_lo) between
 *
 * (arXiv 2410.01735; after Graves et al. 2017, "Automated Curriculum Learning for Neural Networks").
 * Degenerate: with fewer than two rewards, or q_lo = q_hi, nothing can be said and r̂ = 0.5.
 * Throws on a reward that is not finite.
 */
export function normaliseReward(state: QuantileNormaliserState, rawReward: number): NormalisedReward {
  if (!Number.isFinite(rawReward)) {
    throw new Error(`quantile normaliser: the raw reward is ${rawReward}; leave out rounds without a finite loss.`);
  }
  const history = [...state.history, rawReward];
  const low = quantile(history, state.parameters.lowQuantile);
  const high = quantile(history, state.parameters.highQuantile);
  const banditReward = low === high ? 0.5 : Math.min(1, Math.max(0, (rawReward - low) / (high - low)));
  return { state: { ...state, history }, banditReward };
}
