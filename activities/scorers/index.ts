import type { RewardModel } from '../../contract/reward-model';
import { scoreByClassifier } from './score-by-classifier';
import { scoreByLoglikelihood } from './score-by-loglikelihood';
import type { Scorer } from './scorer';

export const scorers: { [Kind in RewardModel['kind']]: Scorer<Kind> } = {
  classify: scoreByClassifier,
  loglik: scoreByLoglikelihood,
};
