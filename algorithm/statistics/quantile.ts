/**
 * The q-quantile (0 ≤ q ≤ 1) by linear interpolation between order statistics at position q·(n − 1): definition 7 of
 * Hyndman & Fan 1996, numpy's default. Throws on an empty list or q outside [0, 1].
 */
export function quantile(values: readonly number[], q: number): number {
  if (!(q >= 0 && q <= 1)) throw new Error(`quantile: q is ${q}; give a number from 0 to 1.`);
  const sorted = [...values].sort((left, right) => left - right);
  const position = q * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new Error('quantile: there are no values; give at least one.');
  return below + (above - below) * (position - Math.floor(position));
}
