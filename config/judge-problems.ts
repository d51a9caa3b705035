import type { Campaign } from '../contract/campaign';
import type { ResolvedRewardModel } from '../contract/reward-model';
import { isSameModel } from '../contract/reward-models-of';

type WinRate = Extract<Campaign['evaluation'], { type: 'winRate' }>;

/** A judge that the policy is trained to please measures how well it is pleased, and nothing else. */
export function judgeProblems(
  judge: ResolvedRewardModel,
  rewardModels: readonly ResolvedRewardModel[],
  { judgeMayTrain }: Pick<WinRate, 'judgeMayTrain'>,
): string[] {
  const same = rewardModels.find((one) => isSameModel(one, judge));
  if (same && !judgeMayTrain) {
    return [
      `evaluation.judge: "${judge.id}" is the reward model "${same.id}", which the policy is trained to please, so its win rate ` +
        'would prove nothing; take another judge, or set evaluation.judgeMayTrain to true if that is what you want to see',
    ];
  }
  const namesake = rewardModels.find(({ id }) => id === judge.id);
  return namesake && namesake !== same
    ? [`evaluation.judge.id: "${judge.id}" is another model of rewardModels; give the judge an id of its own`]
    : [];
}
