/** φ(x), the standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * Φ(x), the standard normal distribution function, to an absolute error near 1e-15; 0 below −9 and 1 above 9.
 * Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …): Marsaglia 2004, "Evaluating the Normal Distribution".
 */
export function normalCdf(x: number): number {
  if (x < 0) return 1 - normalCdf(-x);
  if (x > 9) return 1;
  let term = x;
  let sum = 0;
  for (let odd = 3; sum + term > sum; odd += 2) {
    sum += term;
    term *= (x * x) / odd;
  }
  return Math.min(1, 0.5 + sum * normalDensity(x));
}

/** Φ⁻¹(p) for 0 < p < 1, by Newton's method from 0, where it never overshoots: Φ is concave above 0. Throws outside. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new Error(`normalQuantile: p is ${p}; give a probability above 0 and below 1.`);
  if (p < 0.5) return -normalQuantile(1 - p);
  let x = 0;
  for (let step = 1; step > 1e-14 * (1 + x); x += step) step = (p - normalCdf(x)) / normalDensity(x);
  return x;
}
