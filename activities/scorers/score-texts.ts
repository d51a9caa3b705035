import type { ResolvedRewardModel, RewardModel } from '../../contract/reward-model';
import { scoreByClassifier } from './score-by-classifier';
import { scoreByImplicitReward } from './score-by-implicit-reward';
import { scoreByJudge } from './judge/score-by-judge';
import { scoreByLlamaFactory } from './score-by-llamafactory';
import { scoreByLoglikelihood } from './score-by-loglikelihood';
import { scoreByOpenRlhf } from './score-by-openrlhf';
import { scoreBySglang } from './score-by-sglang';
import { scoreBySlime } from './score-by-slime';
import { scoreBySteps } from './score-by-steps';
import { scoreByTei } from './score-by-tei';
import type { MissingReason, ScoredText, Scorer, ScorerWorld } from './scorer';
import { scoreByVerifier } from './verifier/score-by-verifier';

const scorers: { [Kind in RewardModel['kind']]: Scorer<Kind> } = {
  classify: scoreByClassifier,
  tokenClassify: scoreBySteps,
  loglik: scoreByLoglikelihood,
  implicitDpo: scoreByImplicitReward,
  judge: scoreByJudge,
  verifier: scoreByVerifier,
  tei: scoreByTei,
  sglang: scoreBySglang,
  openrlhf: scoreByOpenRlhf,
  slime: scoreBySlime,
  llamafactory: scoreByLlamaFactory,
};

export interface TextScores {
  /** One finite number or null for every item, in order. */
  scores: (number | null)[];
  /** How many are null, by reason; reasons that did not occur are left out. */
  missingBy: Partial<Record<MissingReason, number>>;
}

/** Scores texts with a reward model of any kind. */
export async function scoreTexts(
  world: ScorerWorld,
  rewardModel: ResolvedRewardModel,
  items: readonly ScoredText[],
): Promise<TextScores> {
  const score = scorers[rewardModel.kind] as Scorer<RewardModel['kind']>;
  const missingBy: TextScores['missingBy'] = {};
  const scores = (await score(world, rewardModel, items)).map((one) => {
    if (typeof one === 'number' && Number.isFinite(one)) return one;
    const reason = typeof one === 'number' ? 'notFinite' : one;
    missingBy[reason] = (missingBy[reason] ?? 0) + 1;
    return null;
  });
  return { scores, missingBy };
}
