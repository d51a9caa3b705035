import type { PromptCompletions, PromptScores } from '../../contract/round';
import { seededRandom, type Random } from '../seeded-random';
import { distinctCompletions, type DroppedCompletions, type ScoredCompletion } from './distinct-completions';
import { noPairsReason, type NoPairsReason } from './no-pairs-reason';

/** Which of the possible pairs are taken; `random` is the paper's. */
export type Pairing = 'random' | 'randomTopBottom' | 'bestVersusWorst';

export interface PairOptions {
  /** P, at most. 10 in the paper. */
  readonly pairsPerPrompt: number;
  readonly pairing: Pairing;
  /** Not read by `bestVersusWorst`. */
  readonly seed: number;
}

/** Two completions of a prompt by their places in it, the chosen scored strictly higher. */
export interface PairOfCompletions {
  readonly chosen: number;
  readonly rejected: number;
  readonly chosenScore: number;
  readonly rejectedScore: number;
}

export interface PreferencePairs {
  readonly pairs: readonly PairOfCompletions[];
  readonly dropped: DroppedCompletions;
  /** Why there are no pairs; null when there are some. */
  readonly reason: NoPairsReason | null;
}

/**
 * Up to P preference pairs of one prompt. A pair has different texts and strictly different scores, and none occurs twice.
 *
 * - `random`: uniformly without replacement from all such pairs.
 * - `randomTopBottom`: likewise, but the chosen is from the upper half of the ranking and the rejected from the lower
 *   (the middle one of an odd number is in neither).
 * - `bestVersusWorst`: the i-th best with the i-th worst, i = 1, 2, …; equal scores rank by place.
 */
export function buildPreferencePairs(
  { completions, promptId }: PromptCompletions,
  { scores, promptId: scoredPromptId }: PromptScores,
  { pairsPerPrompt, pairing, seed }: PairOptions,
): PreferencePairs {
  if (promptId !== scoredPromptId) {
    throw new Error(
      `buildPreferencePairs: completions of '${promptId}' came with scores of '${scoredPromptId}'; align them.`,
    );
  }
  if (!Number.isInteger(pairsPerPrompt) || pairsPerPrompt < 1) {
    throw new Error(`buildPreferencePairs: pairsPerPrompt is ${pairsPerPrompt}; give a whole number of at least 1.`);
  }
  const { kept, dropped } = distinctCompletions(completions, scores);
  const ranked = [...kept].sort((left, right) => right.score - left.score || left.index - right.index);
  const pairs = pairings[pairing](ranked, seededRandom(seed)).slice(0, pairsPerPrompt);
  return { pairs, dropped, reason: pairs.length > 0 ? null : noPairsReason(kept.length, scores) };
}

type Ranking = readonly ScoredCompletion[];

const pairings: Record<Pairing, (ranked: Ranking, random: Random) => PairOfCompletions[]> = {
  random: (ranked, random) => random.shuffle(orderedPairs(ranked, ranked)),
  randomTopBottom(ranked, random) {
    const half = Math.floor(ranked.length / 2);
    return random.shuffle(orderedPairs(ranked.slice(0, half), ranked.slice(ranked.length - half)));
  },
  bestVersusWorst(ranked) {
    const worstFirst = [...ranked].reverse();
    return ranked.flatMap((best, i) => orderedPairs([best], worstFirst.slice(i, i + 1)));
  },
};

function orderedPairs(better: Ranking, worse: Ranking): PairOfCompletions[] {
  return better.flatMap((chosen) =>
    worse
      .filter((rejected) => chosen.score > rejected.score)
      .map((rejected) => ({
        chosen: chosen.index,
        rejected: rejected.index,
        chosenScore: chosen.score,
        rejectedScore: rejected.score,
      })),
  );
}
