export type NoPairsReason = 'noScores' | 'tooFewDistinct' | 'allTied';

/** Why a prompt gave no pair: nothing was scored, or fewer than two completions were left, or none stands above another. */
export function noPairsReason(kept: number, scores: readonly (number | null)[]): NoPairsReason {
  if (scores.every((score) => score === null)) return 'noScores';
  return kept < 2 ? 'tooFewDistinct' : 'allTied';
}
