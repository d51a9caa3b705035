import { checkConfidence, type Interval } from '../statistics/interval';
import { normalQuantile } from '../statistics/normal-distribution';

/**
 * Interval of a win rate (wins + ties/2)/n = (1 + δ)/2, δ = (wins − losses)/n: the adjusted Wald interval of a difference
 * of paired proportions, with one win and one loss added,
 *
 *   δ̃ ± z·sqrt((p̃₁ + p̃₂ − δ̃²)/(n + 2)),  p̃₁ = (wins + 1)/(n + 2), p̃₂ = (losses + 1)/(n + 2), δ̃ = p̃₁ − p̃₂
 *
 * (Bonett & Price 2012, "Adjusted Wald Confidence Interval for a Difference of Binomial Proportions Based on Paired
 * Data"). A tie is less uncertain than a coin, so with many ties it is narrower than an interval of a proportion.
 * Throws unless wins and losses are whole numbers ≥ 0 with a sum ≤ judged, and judged ≥ 1.
 */
export function winRateInterval(wins: number, losses: number, judged: number, confidence = 0.95): Interval {
  checkConfidence(confidence);
  const isCount = (value: number) => Number.isInteger(value) && value >= 0;
  if (!isCount(wins) || !isCount(losses) || !isCount(judged) || judged < 1 || wins + losses > judged) {
    throw new Error(
      `winRateInterval: ${wins} wins and ${losses} losses of ${judged}; give counts, wins + losses ≤ judged, judged ≥ 1.`,
    );
  }
  const trials = judged + 2;
  const [won, lost] = [(wins + 1) / trials, (losses + 1) / trials];
  const difference = won - lost;
  const spread = normalQuantile((1 + confidence) / 2) * Math.sqrt((won + lost - difference ** 2) / trials);
  return {
    low: Math.max(0, (1 + difference - spread) / 2),
    high: Math.min(1, (1 + difference + spread) / 2),
  };
}
