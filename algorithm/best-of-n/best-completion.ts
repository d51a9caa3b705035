/**
 * The place of the completion that the reward model scored highest, the first of those that tie; null where none has a
 * score. A missing score (null) is never chosen. Throws on a score that is not finite.
 */
export function bestCompletion(scores: readonly (number | null)[]): number | null {
  let best: { place: number; score: number } | null = null;
  for (const [place, score] of scores.entries()) {
    if (score === null) continue;
    if (!Number.isFinite(score)) {
      throw new Error(`bestCompletion: score ${place} is ${score}; record a missing score as null.`);
    }
    if (best === null || score > best.score) best = { place, score };
  }
  return best?.place ?? null;
}
