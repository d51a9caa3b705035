import type { Cost } from '../../contract/cost-ledger';
import type { RoundRecord } from '../../contract/round-record';
import type { CampaignScale } from './campaign-scale';

/** Of a round’s record, what it cost. */
export interface SpendingRound extends Pick<RoundRecord, 'generatedTokens' | 'seconds'> {
  scoring: readonly { rewardModelId: string; scored: number; missing: number; seconds: number }[];
  training: { tokens: number; optimizerSteps: number } | null;
}

export interface ArmCost {
  rewardModelId: string;
  calls: number;
  scoredTokens: number;
  seconds: number;
  money: number;
}

/**
 * What a round cost, and of that what each reward model did that was asked. A model that scored a share of the completions
 * read that share of their tokens. Wall-clock is that of a round by itself: the longer of embed and generate, the slowest
 * of the reward models, then training.
 */
export function costOfRound(round: SpendingRound, scale: CampaignScale): { cost: Cost; arms: ArmCost[] } {
  const { generatedTokens, training, seconds } = round;
  const { prices } = scale;
  const completions = scale.promptBatchSize * scale.sampling.completionsPerPrompt;
  const arms = round.scoring.map(({ rewardModelId, scored, missing, seconds }): ArmCost => {
    const calls = scored + missing;
    const scoredTokens = (generatedTokens * calls) / completions;
    const price = prices?.rewardModels[rewardModelId];
    const money = price
      ? seconds * price.perSecond +
        (calls * price.perThousandCalls) / 1e3 +
        (scoredTokens * price.perMillionTokens) / 1e6
      : 0;
    return { rewardModelId, calls, scoredTokens, seconds, money };
  });
  const total = (of: (arm: ArmCost) => number) => arms.reduce((sum, arm) => sum + of(arm), 0);
  const { embed = 0, generate = 0, train = 0 } = seconds;
  const scoringSeconds = Math.max(0, ...arms.map((arm) => arm.seconds));
  const trainedTokens = training?.tokens ?? 0;
  const stepMoney = prices
    ? embed * prices.perSecond.embed +
      generate * prices.perSecond.generate +
      train * prices.perSecond.train +
      (generatedTokens * prices.perMillionTokens.generate + trainedTokens * prices.perMillionTokens.train) / 1e6
    : 0;
  return {
    arms,
    cost: {
      seconds: { embed, generate, score: total((arm) => arm.seconds), train },
      scoringSeconds,
      wallSeconds: Math.max(embed, generate) + scoringSeconds + train,
      rewardModelCalls: total((arm) => arm.calls),
      generatedTokens,
      trainedTokens,
      scoredTokens: total((arm) => arm.scoredTokens),
      optimizerSteps: training?.optimizerSteps ?? 0,
      money: stepMoney + total((arm) => arm.money),
    },
  };
}
