import { checkConfidence } from './interval';
import { logGamma } from './log-gamma';
import { normalQuantile } from './normal-distribution';

/** P(T ≤ t) for Student's t with df > 0 degrees of freedom (df need not be whole), to about 1e-12. */
export function studentTCdf(t: number, df: number): number {
  checkDegrees(df);
  const tail = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * How many standard errors a two-sided interval of this confidence reaches to each side: the (1 + confidence)/2-quantile
 * of Student's t. By Newton's method from the normal quantile, which is below it: the distribution function is concave
 * above 0, so no step overshoots. Above 1e8 degrees of freedom it is the normal quantile. Throws unless 0 < confidence < 1 and df > 0.
 */
export function studentTReach(confidence: number, df: number): number {
  checkConfidence(confidence);
  checkDegrees(df);
  const target = (1 + confidence) / 2;
  const logPeak = logGamma((df + 1) / 2) - logGamma(df / 2) - Math.log(df * Math.PI) / 2;
  let t = normalQuantile(target);
  if (df > 1e8) return t;
  for (let step = 1; step > 1e-12 * t; t += step) {
    const density = Math.exp(logPeak - ((df + 1) / 2) * Math.log1p((t * t) / df));
    step = (target - studentTCdf(t, df)) / density;
  }
  return t;
}

/** I_x(a, b), by its continued fraction (Abramowitz & Stegun 26.5.8) evaluated by Lentz's method, from the side where it converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    const change = c * d;
    fraction *= change;
    if (change < 1 + 1e-15 && change > 1 - 1e-15) break;
  }
  return front * fraction;
}

/** Lentz's method divides by these; one that is 0 is moved off it. */
function nonZero(value: number): number {
  return value === 0 ? 1e-300 : value;
}

function checkDegrees(df: number): void {
  if (!(df > 0)) throw new Error(`student t: df is ${df}; give a number above 0.`);
}
