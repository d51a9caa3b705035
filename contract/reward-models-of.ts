import type { Evaluation, ResolvedEvaluation } from './evaluation-options';
import type { ResolvedRewardModel, RewardModel } from './reward-model';

interface NamedRewardModel {
  /** Where the campaign file has it. */
  path: (string | number)[];
  /** The same as people write it: `rewardModels[2]`. */
  place: string;
  rewardModel: RewardModel;
}

interface Described {
  rewardModels: readonly RewardModel[];
  evaluation: Evaluation;
}
interface Resolved {
  rewardModels: ResolvedRewardModel[];
  evaluation: ResolvedEvaluation;
}

/** All that a campaign file describes as a reward model: those it trains on, and the judge of its evaluation. */
export function rewardModelsOf({ rewardModels, evaluation }: Described) {
  const judged = evaluation.type === 'winRate' ? [evaluation.judge] : [];
  return [
    ...rewardModels.map((rewardModel, index): NamedRewardModel => {
      return { path: ['rewardModels', index], place: `rewardModels[${index}]`, rewardModel };
    }),
    ...judged.map((rewardModel): NamedRewardModel => {
      return { path: ['evaluation', 'judge'], place: 'evaluation.judge', rewardModel };
    }),
  ];
}

/** All that a campaign asks for scores or verdicts, each on a queue of its own. */
export function askedModels({ rewardModels, evaluation }: Resolved): ResolvedRewardModel[] {
  return evaluation.type === 'winRate' ? [...rewardModels, evaluation.judge] : rewardModels;
}

/** Whether two reward models are the same weights, or the same rule. */
export function isSameModel(one: ResolvedRewardModel, other: ResolvedRewardModel): boolean {
  if (one.kind !== 'verifier' || other.kind !== 'verifier') {
    return one.kind !== 'verifier' && other.kind !== 'verifier' && one.revision === other.revision;
  }
  return JSON.stringify(one.rule) === JSON.stringify(other.rule);
}
