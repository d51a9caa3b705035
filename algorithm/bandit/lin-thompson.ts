import { checkParameter } from './check-input';
import type { ArmId } from './bandit';
import { defineBandit } from './define-bandit';
import { checkPrior, priorReward, type GaussianPrior } from './gaussian-prior';
import { greedyChoice } from './greedy-choice';
import { probabilitiesOfMaximum } from './probabilities-of-maximum';
import { emptyRidge, learnRidge, predictRidge, type Ridge } from './ridge/ridge';

export interface LinThompsonParameters {
  /** v ≥ 0: the posterior of θ is N(A⁻¹b, v²A⁻¹). */
  readonly posteriorScale: number;
  /** λ > 0 of A = λI at the start. */
  readonly ridge: number;
  /** What is expected of an arm that was never pulled and has no prior; 0 unless told. */
  readonly initialMean?: number | undefined;
  /** What is believed of some arms beforehand, for example from labelled preferences; the others start at `initialMean` with λ. */
  readonly priors?: Readonly<Record<ArmId, GaussianPrior>> | undefined;
}

/**
 * Idea: pull each arm as often as it is the best one under what is believed: draw a parameter from every arm's
 * posterior and pull the arm that comes out on top.
 *
 *   θ̃_k ~ N(A_k⁻¹b_k, v²A_k⁻¹),   pull argmax_k θ̃_k·c
 *
 * For one context only the marginal θ̃_k·c ~ N(θ_k·c, v²·cᵀA_k⁻¹c) matters, and arms are independent, so `score` is drawn
 * from that marginal: one normal number an arm instead of d. `mean` and `width` are its mean and standard deviation.
 * One draw is made for every active arm, masked or not, so a mask does not shift the others' luck. Propensities
 * are P(arm k has the highest draw), by quadrature, before the draw.
 * With `initialMean` m, θ̃_k·c is m + what was learned from r − m.
 * A prior N(μ, v²/λ_k·I) makes A = λ_kI at the start and b = λ_kμ. It is kept as θ = μ + δ, with δ learned from r − μ·c.
 * Paper: Agrawal & Goyal 2013, "Thompson Sampling for Contextual Bandits with Linear Payoffs" (here one θ an arm);
 * priors: BayesianRouter (Wu & Lu 2025, arXiv 2510.02850).
 * Degenerate: v = 0 or a zero context leaves no chance: the highest mean, the first on a tie.
 */
export const linThompson = defineBandit<LinThompsonParameters, Ridge>({
  type: 'linThompson',
  contextual: true,
  validate({ posteriorScale, ridge, initialMean = 0, priors = {} }) {
    checkParameter('linThompson', 'posteriorScale', posteriorScale, { low: 0 });
    checkParameter('linThompson', 'ridge', ridge, { low: 0, openBelow: true });
    checkParameter('linThompson', 'initialMean', initialMean, { low: -Number.MAX_VALUE });
    for (const [arm, prior] of Object.entries(priors)) checkPrior('linThompson', arm, prior);
  },
  initialKnowledge: () => emptyRidge,
  estimate({ arm, knowledge }, context, { parameters }, random) {
    const { initialMean = 0, priors } = parameters;
    const prior = priors?.[arm];
    const learned = predictRidge(knowledge, context, prior?.precision ?? parameters.ridge);
    const mean = expected(prior, context, initialMean) + learned.mean;
    const width = parameters.posteriorScale * Math.sqrt(learned.variance);
    return { mean, width, score: mean + width * random.normal() };
  },
  decide: (candidates) => ({
    chosen: greedyChoice(candidates).chosen,
    propensities: probabilitiesOfMaximum(candidates),
  }),
  learn({ arm, knowledge }, { context, reward }, { parameters: { ridge, initialMean = 0, priors } }) {
    const prior = priors?.[arm];
    const unexpected = reward - expected(prior, context, initialMean);
    return learnRidge(knowledge, context, unexpected, prior?.precision ?? ridge);
  },
});

function expected(prior: GaussianPrior | undefined, context: readonly number[], initialMean: number): number {
  return prior ? priorReward('linThompson', prior, context) : initialMean;
}
