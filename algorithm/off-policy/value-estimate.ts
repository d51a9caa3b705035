import type { MeanInterval } from './interval-of-mean';

/** In units of the logged reward. */
export interface ValueEstimate extends MeanInterval {
  readonly value: number;
}
