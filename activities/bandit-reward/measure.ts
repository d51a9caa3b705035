import {
  createQuantileNormaliser,
  driftRemovedLoss,
  heldOutLossFall,
  normaliseReward,
  ownTrend,
  pairAgreement,
  termRewards,
} from '../../algorithm';
import type { BanditObservation } from '../../contract/bandit-log';
import type { BanditRewardOptions } from '../../contract/bandit-reward';
import type { PromptRecord } from '../../contract/round';
import { agreementWithGolden } from './agreement-with-golden';
import { agreementWithMajority } from './agreement-with-majority';
import type { Choice, RoundOutcome } from './choice';
import type { Measured } from './measured';
import { verifyPairs } from './verify-pairs';

export interface Terms {
  loss: number;
  preferenceLoss: number;
  nllLoss: number;
}

/** What a reward is measured in. */
export interface Measuring {
  iteration: number;
  round: number;
  outcome: RoundOutcome;
  /** What was observed before the round, oldest first. */
  history: readonly BanditObservation[];
  golden: readonly PromptRecord[];
  answerPattern: string;
}

/** Raw and normalised reward of a choice whose pairs had these losses. null: nothing can be said. */
export function measure(
  options: BanditRewardOptions,
  choice: Choice,
  terms: Terms | null,
  { outcome, history, golden, answerPattern, iteration, round }: Measuring,
): Measured | null {
  const scaled = (rawReward: number, quantiles: { lowQuantile: number; highQuantile: number }): Measured => {
    const state = { ...createQuantileNormaliser(quantiles), history: history.map((earlier) => earlier.rawReward) };
    return { rawReward, reward: normaliseReward(state, rawReward).banditReward };
  };
  switch (options.type) {
    case 'trainLoss':
      return terms && scaled(-terms.loss, options);
    case 'preferenceLoss':
      return terms && scaled(termRewards(terms).preference, options);
    case 'nllLoss':
      return terms && scaled(termRewards(terms).nll, options);
    case 'driftRemovedLoss': {
      if (!terms) return null;
      const earlier = history.flatMap(({ iteration, round: position, loss }) =>
        loss === undefined ? [] : [{ iteration, position, loss }],
      );
      const { rawReward } = driftRemovedLoss(earlier, { iteration, position: round, loss: terms.loss });
      return scaled(rawReward, options);
    }
    case 'ownTrend': {
      if (!terms) return null;
      const own = history.filter(({ armId }) => armId === choice.decision.rewardModelId);
      const { rawReward, banditReward: reward } = ownTrend(
        own.flatMap(({ loss }) => loss ?? []),
        terms.loss,
        options,
      );
      return { rawReward, reward };
    }
    case 'unseenLossFall': {
      const fall = heldOutLossFall(choice.unseen);
      return fall && scaled(fall.rawReward, options);
    }
    case 'selfConsistency':
      return agreementWithMajority(choice, outcome.completions, answerPattern);
    case 'goldenAgreement': {
      const agreement = agreementWithGolden(choice, golden, answerPattern);
      return agreement && { rawReward: agreement.rawReward, reward: agreement.reward };
    }
    case 'verifiedPairs': {
      if (choice.pairs.length === 0) return null;
      const { agreement, banditReward } = pairAgreement(verifyPairs(choice.pairs, choice.prompts, answerPattern));
      return { rawReward: agreement, reward: banditReward };
    }
    case 'heldOutGain':
      return null;
  }
}
