import { averageReward } from './average-reward';
import type { Bandit, BanditState } from './bandit';
import { checkParameter } from './check-input';
import { defineBandit } from './define-bandit';
import { greedyChoice } from './greedy-choice';
import { explore } from './with-exploration';

export interface EpsilonGreedyParameters {
  /** ε in [0, 1]: probability of a uniform draw. */
  readonly epsilon: number;
  /** What an arm is credited with before its first pull; 1, the best a reward can be, tries every arm once. */
  readonly initialMean: number;
}

const greedyMeans = defineBandit<EpsilonGreedyParameters, null>({
  type: 'epsilonGreedy',
  contextual: false,
  validate({ epsilon, initialMean }) {
    checkParameter('epsilonGreedy', 'epsilon', epsilon, { low: 0, high: 1 });
    checkParameter('epsilonGreedy', 'initialMean', initialMean, { low: -Number.MAX_VALUE });
  },
  initialKnowledge: () => null,
  estimate(arm, _context, { parameters }) {
    const mean = averageReward(arm, parameters.initialMean);
    return { mean, width: 0, score: mean };
  },
  decide: greedyChoice,
  learn: () => null,
});

/**
 * Idea: pull the arm with the best average reward, but with probability ε any arm.
 *
 *   score_k = Σ rewards of k / pulls of k   (`initialMean` before the first)
 *
 * Book: Sutton & Barto 2018, "Reinforcement Learning", 2.2 and 2.6 (optimistic initial values).
 * Degenerate: ε = 1 is uniform; ε = 0 with a low `initialMean` never leaves the first arm.
 */
export const epsilonGreedy: Bandit<EpsilonGreedyParameters, BanditState<EpsilonGreedyParameters, null>> = {
  ...greedyMeans,
  selectArm: (state, context, options) =>
    explore(greedyMeans.selectArm(state, context, options), state.parameters.epsilon, options.random),
};
