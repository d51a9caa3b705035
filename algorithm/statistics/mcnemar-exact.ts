import { logGamma } from './log-gamma';

export interface McNemarResult {
  /** Pairs that only the first got right, and that only the second did. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided; 1 when the two never differ. */
  readonly pValue: number;
}

/**
 * Exact McNemar test of two systems on the same items: under equality, which of the two is right where only one is
 * follows Binomial(n, ½), so p = min(1, 2·P(X ≤ min(onlyFirst, onlySecond))).
 * McNemar 1947, "Note on the Sampling Error of the Difference between Correlated Proportions"; exact form as in
 * Fagerland et al. 2013. The largest term comes from ln Γ and the rest by ratios, so n = 1e5 is no problem.
 */
export function mcnemarExact(pairs: readonly (readonly [boolean, boolean])[]): McNemarResult {
  const onlyFirst = pairs.filter(([first, second]) => first && !second).length;
  const onlySecond = pairs.filter(([first, second]) => !first && second).length;
  const fewer = Math.min(onlyFirst, onlySecond);
  return { onlyFirst, onlySecond, pValue: Math.min(1, 2 * lowerTail(fewer, onlyFirst + onlySecond)) };
}

/** P(X ≤ k) for X ~ Binomial(n, ½), k ≤ n/2. */
function lowerTail(k: number, n: number): number {
  let term = Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2);
  let sum = 0;
  for (let i = k; i >= 0 && term > 1e-18 * sum; i -= 1) {
    sum += term;
    term *= i / (n - i + 1);
  }
  return sum;
}
