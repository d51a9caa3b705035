/** A two-sided interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Throws unless the confidence is above 0 and below 1. */
export function checkConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw new Error(`confidence is ${confidence}; give a number above 0 and below 1, such as 0.95.`);
}
