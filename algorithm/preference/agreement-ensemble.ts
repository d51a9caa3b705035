import type { PromptCompletions, PromptScores } from '../../contract/round';
import { seededRandom } from '../seeded-random';
import type { PairOfCompletions, PreferencePairs } from './build-preference-pairs';
import { distinctCompletions } from './distinct-completions';
import { noPairsReason } from './no-pairs-reason';
import { requireSamePrompt } from './require-same-prompt';

export interface AgreementOptions {
  /** P, at most. */
  readonly pairsPerPrompt: number;
  /** How many pairs, drawn at random, are put to the vote. */
  readonly candidatePairs: number;
  readonly seed: number;
}

/**
 * Preference pairs by vote: candidate pairs are drawn uniformly without replacement, each RM votes for the completion
 * it scored higher, and the P pairs with the largest majority are kept. LASeR's "RM agreement ensemble" baseline.
 *
 * The scores of a pair are its votes: `chosenScore` for, `rejectedScore` against. An RM that misses a score or scores
 * both alike abstains; a pair without majority is dropped; equal majorities keep the order of the draw.
 * A completion counts as unscored when no RM scored it. Throws when the RMs' scores do not fit the completions.
 */
export function agreementEnsemble(
  { promptId, completions }: PromptCompletions,
  scoresByRewardModel: readonly PromptScores[],
  { pairsPerPrompt, candidatePairs, seed }: AgreementOptions,
): PreferencePairs {
  const scored = requireSamePrompt('agreementEnsemble', scoresByRewardModel);
  if (scored.promptId !== promptId) {
    throw new Error(
      `agreementEnsemble: completions of '${promptId}' came with scores of '${scored.promptId}'; align them.`,
    );
  }
  const votersOf = (index: number) =>
    scoresByRewardModel.filter(({ scores }) => (scores[index] ?? null) !== null).length;
  const voters = Array.from({ length: scored.count }, (_, index) => votersOf(index) || null);
  const { kept, dropped } = distinctCompletions(completions, voters);

  const possible = kept.flatMap(({ index }, i) => kept.slice(i + 1).map((later) => [index, later.index] as const));
  const pairs = seededRandom(seed)
    .shuffle(possible)
    .slice(0, candidatePairs)
    .flatMap(([left, right]) => votedPair(left, right, scoresByRewardModel))
    .sort((left, right) => majority(right) - majority(left))
    .slice(0, pairsPerPrompt);
  return { pairs, dropped, reason: pairs.length > 0 ? null : noPairsReason(kept.length, voters) };
}

function votedPair(left: number, right: number, scoresByRewardModel: readonly PromptScores[]): PairOfCompletions[] {
  let forLeft = 0;
  let forRight = 0;
  for (const { scores } of scoresByRewardModel) {
    const leftScore = scores[left] ?? null;
    const rightScore = scores[right] ?? null;
    if (leftScore === null || rightScore === null) continue;
    if (leftScore > rightScore) forLeft += 1;
    if (rightScore > leftScore) forRight += 1;
  }
  if (forLeft === forRight) return [];
  return forLeft > forRight
    ? [{ chosen: left, rejected: right, chosenScore: forLeft, rejectedScore: forRight }]
    : [{ chosen: right, rejected: left, chosenScore: forRight, rejectedScore: forLeft }];
}

function majority({ chosenScore, rejectedScore }: PairOfCompletions): number {
  return chosenScore - rejectedScore;
}
