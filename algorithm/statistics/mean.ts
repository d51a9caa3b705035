/** The arithmetic mean. Throws on an empty list. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new Error('mean: there are no values; give at least one.');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
