import type { ReportedRound } from '../../contract/campaign-report';
import type { ArmDecision, RoundRecord } from '../../contract/round-record';

/** A round as it is plotted: one with several decisions shows the mean of what was thought of each reward model. */
export function reportRound(record: RoundRecord, index: number): ReportedRound {
  const { iteration, round, category, decisions, scoring, training, generatedTokens, seconds } = record;
  return {
    number: index + 1,
    iteration,
    round,
    category,
    picks: countPicks(decisions),
    rewards: rewardsOf(record),
    arms: opinionsOf(decisions),
    rawReward: record.rawReward,
    banditReward: record.banditReward,
    pairs: record.pairCount,
    training,
    scores: Object.fromEntries(
      scoring.map(({ rewardModelId, scored, missing, tiedShare, quantiles, weight = null }) => [
        rewardModelId,
        { scored, missing, tiedShare, quantiles, weight },
      ]),
    ),
    generatedTokens,
    seconds,
  };
}

function countPicks(decisions: readonly ArmDecision[]): Record<string, number> {
  const picks: Record<string, number> = {};
  for (const { rewardModelId } of decisions) picks[rewardModelId] = (picks[rewardModelId] ?? 0) + 1;
  return picks;
}

/** What each rewarded decision was worth, with the reward model it was for. */
export function rewardedDecisions({ decisions, outcomes }: RoundRecord) {
  const chosen = new Map(decisions.map(({ scope, rewardModelId }) => [scope, rewardModelId]));
  return outcomes.flatMap(({ scope, rawReward, reward }) => {
    const rewardModelId = chosen.get(scope);
    return rewardModelId === undefined ? [] : [{ rewardModelId, rawReward, banditReward: reward }];
  });
}

function rewardsOf(record: RoundRecord): ReportedRound['rewards'] {
  const rewarded = rewardedDecisions(record);
  const ids = [...new Set(rewarded.map(({ rewardModelId }) => rewardModelId))];
  return Object.fromEntries(
    ids.map((id) => {
      const own = rewarded.filter(({ rewardModelId }) => rewardModelId === id);
      const mean = (of: 'rawReward' | 'banditReward') => own.reduce((sum, one) => sum + one[of], 0) / own.length;
      return [id, { rawReward: mean('rawReward'), banditReward: Math.min(1, mean('banditReward')) }];
    }),
  );
}

function opinionsOf(decisions: readonly ArmDecision[]): ReportedRound['arms'] {
  const opinions = decisions.flatMap(({ arms }) => arms);
  const ids = [...new Set(opinions.map(({ armId }) => armId))];
  return Object.fromEntries(
    ids.map((id) => {
      const own = opinions.filter(({ armId }) => armId === id);
      return [
        id,
        {
          mean: meanOf(own.map(({ mean }) => mean)),
          width: meanOf(own.map(({ width }) => width)),
          available: own.some(({ available }) => available),
        },
      ];
    }),
  );
}

/** Mean of the numbers among the values; null if there are none. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
