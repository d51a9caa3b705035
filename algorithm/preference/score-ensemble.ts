import type { PromptScores } from '../../contract/round';
import { requireSamePrompt } from './require-same-prompt';
import { standardiseScores } from './standardise-scores';

/**
 * The RMs' common opinion of one prompt's completions: for each, the mean of its standardised scores over the RMs that
 * scored it, null where none did. LASeR's "RM score ensemble" baseline. Throws when the RMs scored different prompts
 * or numbers of completions, or none is given.
 */
export function scoreEnsemble(scoresByRewardModel: readonly PromptScores[]): PromptScores {
  const { promptId, count } = requireSamePrompt('scoreEnsemble', scoresByRewardModel);
  const standardised = scoresByRewardModel.map(({ scores }) => standardiseScores(scores));
  const scores = Array.from({ length: count }, (_, index) => {
    const given = standardised.map((scoresOfOne) => scoresOfOne[index] ?? null).filter((score) => score !== null);
    return given.length === 0 ? null : given.reduce((sum, score) => sum + score, 0) / given.length;
  });
  return { promptId, scores };
}
