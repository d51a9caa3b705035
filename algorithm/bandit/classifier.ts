import { rewardModelProbabilities, type RewardModelClassifier } from '../selection/reward-model-classifier';
import { averageReward } from './average-reward';
import { defineBandit } from './define-bandit';
import { greedyChoice } from './greedy-choice';

export interface ClassifierParameters {
  readonly classifier: RewardModelClassifier;
}

/**
 * Idea: the baseline that learned before the campaign, from labelled pairs, which reward model to ask, and learns no more.
 *
 *   score_k = P(k | c) of the classifier; 0 for an arm it does not know
 *
 * See `trainRewardModelClassifier`. Degenerate: if no available arm is known to the classifier, the first is pulled.
 */
export const classifier = defineBandit<ClassifierParameters, null>({
  type: 'classifier',
  contextual: true,
  validate: ({ classifier: { rewardModelIds, weights, biases } }) => {
    if (rewardModelIds.length > 0 && weights.length === rewardModelIds.length && biases.length === weights.length)
      return;
    throw new Error(
      'classifier: the classifier needs weights and a bias for each of its reward models; train it again.',
    );
  },
  initialKnowledge: () => null,
  estimate(arm, context, { parameters }) {
    const place = parameters.classifier.rewardModelIds.indexOf(arm.arm);
    const probability = rewardModelProbabilities(parameters.classifier, context)[place] ?? 0;
    return { mean: averageReward(arm), width: 0, score: probability };
  },
  decide: greedyChoice,
  learn: () => null,
});
