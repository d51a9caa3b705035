import type { PromptScores } from '../../contract/round';
import { requireSamePrompt } from './require-same-prompt';
import { standardiseScores } from './standardise-scores';

/**
 * The RMs' common opinion of one prompt's completions: for each, the mean of its standardised scores over the RMs that
 * scored it, weighted where weights are given (one an RM, in order, not negative), null where none of them has a weight
 * above 0. Equal weights are LASeR's "RM score ensemble" baseline; those of `hedgeWeights` its online ensemble.
 * Throws when the RMs scored different prompts or numbers of completions, or none is given, or weights are missing.
 */
export function scoreEnsemble(
  scoresByRewardModel: readonly PromptScores[],
  weights: readonly number[] = scoresByRewardModel.map(() => 1),
): PromptScores {
  const { promptId, count } = requireSamePrompt('scoreEnsemble', scoresByRewardModel);
  if (weights.length !== scoresByRewardModel.length || !weights.every((weight) => weight >= 0)) {
    throw new Error(
      `scoreEnsemble: ${scoresByRewardModel.length} reward models have weights ${weights.join(', ')}; ` +
        'give each one that is not negative.',
    );
  }
  const standardised = scoresByRewardModel.map(({ scores }) => standardiseScores(scores));
  const scores = Array.from({ length: count }, (_, index) => {
    let sum = 0;
    let weightSum = 0;
    for (const [k, scoresOfOne] of standardised.entries()) {
      const score = scoresOfOne[index] ?? null;
      const weight = weights[k] ?? 0;
      if (score === null) continue;
      sum += weight * score;
      weightSum += weight;
    }
    return weightSum === 0 ? null : sum / weightSum;
  });
  return { promptId, scores };
}
