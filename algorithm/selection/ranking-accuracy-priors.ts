import type { GaussianPrior } from '../bandit';
import { emptyRidge, learnRidge } from '../bandit/ridge/ridge';
import { ridgeCoefficients } from '../bandit/ridge/ridge-coefficients';
import { contextLength, type LabelledPreference } from './labelled-preference';

export interface RankingAccuracyPriorOptions {
  /** λ > 0 of the regression. */
  readonly ridge: number;
  /** λ_k of the prior: how many pulls with a context of norm 1 it weighs as much as, in any one direction. */
  readonly precision: number;
}

/**
 * Priors for linear Thompson sampling in units of reward: by reward model, the ridge regression of how right it was about
 * labelled pairs (1, ½ or 0) on their contexts. c·mean is then the share of pairs it is expected to order right.
 * A reward model without a score in any preference gets no prior.
 */
export function rankingAccuracyPriors(
  preferences: readonly LabelledPreference[],
  rewardModelIds: readonly string[],
  { ridge, precision }: RankingAccuracyPriorOptions,
): Record<string, GaussianPrior> {
  contextLength('ranking accuracy priors', preferences);
  const priors = rewardModelIds.flatMap((id) => {
    const known = preferences.flatMap(({ context, rightness }) => {
      const right = rightness[id] ?? null;
      return right === null ? [] : [{ context, right }];
    });
    if (known.length === 0) return [];
    const learned = known.reduce((state, { context, right }) => learnRidge(state, context, right, ridge), emptyRidge);
    return [[id, { mean: ridgeCoefficients(learned), precision }] as const];
  });
  return Object.fromEntries(priors);
}
