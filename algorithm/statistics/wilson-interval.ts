import { checkConfidence, type Interval } from './interval';
import { normalQuantile } from './normal-distribution';

/**
 * Interval for a binomial proportion, good for few trials and for proportions near 0 and 1:
 *
 *   (p̂ + z²/2n ± z·sqrt(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)
 *
 * Wilson 1927, "Probable Inference, the Law of Succession, and Statistical Inference".
 * Throws unless 0 ≤ successes ≤ trials are integers and trials ≥ 1.
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  checkConfidence(confidence);
  if (!Number.isInteger(successes) || !Number.isInteger(trials) || trials < 1 || successes < 0 || successes > trials) {
    throw new Error(
      `wilsonInterval: ${successes} of ${trials}; give whole numbers, 0 ≤ successes ≤ trials, trials ≥ 1.`,
    );
  }
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    low: successes === 0 ? 0 : (centre - spread) / scale,
    high: successes === trials ? 1 : (centre + spread) / scale,
  };
}
