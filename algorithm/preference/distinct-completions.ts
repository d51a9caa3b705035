import type { Completion } from '../../contract/round';

/** A completion that may stand in a pair: its place among the prompt's completions, and what it is worth. */
export interface ScoredCompletion {
  readonly index: number;
  readonly score: number;
}

/** Completions left out, by the first reason that held. */
export interface DroppedCompletions {
  readonly empty: number;
  readonly missingScore: number;
  readonly duplicate: number;
}

export interface DistinctCompletions {
  readonly kept: readonly ScoredCompletion[];
  readonly dropped: DroppedCompletions;
}

/**
 * The completions of one prompt that can be compared: not empty (no tokens, or white space alone), with a score, and
 * of a text not kept before. Throws when scores and completions differ in number or a score is not finite.
 */
export function distinctCompletions(
  completions: readonly Completion[],
  scores: readonly (number | null)[],
): DistinctCompletions {
  if (scores.length !== completions.length) {
    throw new Error(`${completions.length} completions have ${scores.length} scores; give one, or null, for each.`);
  }
  const kept: ScoredCompletion[] = [];
  const texts = new Set<string>();
  const dropped = { empty: 0, missingScore: 0, duplicate: 0 };
  for (const [index, { text, tokenIds }] of completions.entries()) {
    const score = scores[index] ?? null;
    if (text.trim() === '' || tokenIds.length === 0) dropped.empty += 1;
    else if (score === null) dropped.missingScore += 1;
    else if (!Number.isFinite(score)) throw new Error(`score ${index} is ${score}; record a missing score as null.`);
    else if (texts.has(text)) dropped.duplicate += 1;
    else {
      texts.add(text);
      kept.push({ index, score });
    }
  }
  return { kept, dropped };
}
