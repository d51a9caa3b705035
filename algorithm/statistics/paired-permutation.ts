import { seededRandom } from '../seeded-random';
import { mean } from './mean';

export interface PermutationResult {
  /** Mean of the differences. */
  readonly difference: number;
  /** Two-sided. With n differences it cannot be below 2/2ⁿ: five seeds cannot show p < 0.0625. */
  readonly pValue: number;
  /** Whether all 2ⁿ signs were tried, or a random sample of them. */
  readonly exact: boolean;
}

/** All signs are tried up to this many differences: 65,536 of them. */
const exactUpTo = 16;

/**
 * Paired permutation test over seeds: under "the two systems are exchangeable for each seed" every difference is as likely
 * with the other sign, so p = share of the 2ⁿ sign patterns whose |mean| is at least the one seen
 * (Fisher 1935, "The Design of Experiments", 21). Above 16 differences, `samples` random patterns and the one seen:
 * p = (1 + as extreme)/(1 + samples), which is valid itself (Phipson & Smyth 2010).
 * Degenerate: differences that are all 0 give 1. Throws on none, or one that is not finite.
 */
export function pairedPermutation(
  differences: readonly number[],
  { seed, samples = 20_000 }: { seed: number; samples?: number },
): PermutationResult {
  if (!differences.every(Number.isFinite)) {
    throw new Error('pairedPermutation: a difference is not finite; leave out seeds that one system did not finish.');
  }
  const difference = mean(differences);
  const sizes = differences.map(Math.abs);
  const seen = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  const extreme = seen - 1e-12 * sizes.reduce((sum, size) => sum + size, 0);
  const exact = differences.length <= exactUpTo;
  if (exact) return { difference, exact, pValue: shareOfSigns(sizes, extreme) };
  const random = seededRandom(seed);
  let asExtreme = 1;
  for (let sample = 0; sample < samples; sample += 1) {
    const sum = sizes.reduce((total, size) => total + (random.nextFloat() < 0.5 ? size : -size), 0);
    if (Math.abs(sum) >= extreme) asExtreme += 1;
  }
  return { difference, exact, pValue: asExtreme / (1 + samples) };
}

/** Of all sign patterns, the share with |Σ ± size| ≥ extreme. */
function shareOfSigns(sizes: readonly number[], extreme: number): number {
  const sums = sizes.reduce((reached, size) => reached.flatMap((sum) => [sum + size, sum - size]), [0]);
  return sums.filter((sum) => Math.abs(sum) >= extreme).length / sums.length;
}
