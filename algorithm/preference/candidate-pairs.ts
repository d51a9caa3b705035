import type { PromptCompletions } from '../../contract/round';
import { seededRandom } from '../seeded-random';
import { distinctCompletions } from './distinct-completions';

export interface CandidateOptions {
  /** P, at most. */
  readonly pairsPerPrompt: number;
  readonly seed: number;
}

/**
 * Pairs of completions to be ordered by whoever is asked for each: drawn uniformly without replacement from all that have
 * different texts, before any score is known (BayesianRouter). By place, the smaller first.
 */
export function candidatePairs(
  { completions }: Pick<PromptCompletions, 'completions'>,
  { pairsPerPrompt, seed }: CandidateOptions,
): (readonly [number, number])[] {
  const { kept } = distinctCompletions(
    completions,
    completions.map(() => 0),
  );
  const possible = kept.flatMap(({ index }, i) => kept.slice(i + 1).map((later) => [index, later.index] as const));
  return seededRandom(seed).shuffle(possible).slice(0, pairsPerPrompt);
}
