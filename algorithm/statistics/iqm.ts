/**
 * Interquartile mean: the mean of what is left when ⌊n/4⌋ of the values are cut off at each end. Less moved by an
 * outlying run than the mean, less wasteful than the median: Agarwal et al. 2021, "Deep Reinforcement Learning at the
 * Edge of the Statistical Precipice" (rliable, which takes scipy's trim_mean at 0.25). Below 4 values it is the mean.
 * Throws on an empty list.
 */
export function iqm(values: readonly number[]): number {
  if (values.length === 0) throw new Error('iqm: there are no values; give at least one.');
  const cut = Math.floor(values.length / 4);
  const middle = [...values].sort((left, right) => left - right).slice(cut, values.length - cut);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
