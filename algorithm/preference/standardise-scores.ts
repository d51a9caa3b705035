/**
 * One RM's scores of one prompt's completions, shifted and scaled to mean 0 and (population) standard deviation 1, so
 * that RMs with different units can be averaged. null stays null. Degenerate: scores that are all equal become 0.
 */
export function standardiseScores(scores: readonly (number | null)[]): (number | null)[] {
  const present = scores.filter((score) => score !== null);
  const highest = present.reduce((high, score) => Math.max(high, score), -Infinity);
  if (present.every((score) => score === highest)) return scores.map((score) => (score === null ? null : 0));
  const mean = present.reduce((sum, score) => sum + score, 0) / present.length;
  const variance = present.reduce((sum, score) => sum + (score - mean) ** 2, 0) / present.length;
  return scores.map((score) => (score === null ? null : (score - mean) / Math.sqrt(variance)));
}
