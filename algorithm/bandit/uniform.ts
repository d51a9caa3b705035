import { averageReward } from './average-reward';
import { defineBandit } from './define-bandit';
import { sampledChoice } from './sampled-choice';

/**
 * Idea: the baseline that draws an arm anew each time, all with the same probability.
 *
 *   p_k = 1/K over the available arms; every score is 0
 *
 * LASeR's "random RM" baseline. Degenerate: with one arm available it is that arm.
 */
export const uniform = defineBandit<Record<string, never>, null>({
  type: 'uniform',
  contextual: false,
  validate: () => undefined,
  initialKnowledge: () => null,
  estimate: (arm) => ({ mean: averageReward(arm), width: 0, score: 0 }),
  decide: (candidates, _state, random) =>
    sampledChoice(
      candidates,
      candidates.map(() => 1 / candidates.length),
      random,
    ),
  learn: () => null,
});
