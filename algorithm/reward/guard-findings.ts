import { mean } from '../statistics/mean';
import type { Bet, EvidenceSource, GuardState } from './guard';

/** The bandit reward a reward model got in a round, in [0, 1]. */
export interface GivenReward {
  readonly rewardModelId: string;
  readonly category: string | null;
  readonly banditReward: number;
}

/** What the guard has to say of one reward model, in one category, by one source. */
export interface GuardFinding {
  readonly rewardModelId: string;
  readonly category: string | null;
  readonly source: EvidenceSource;
  /** The evidence is below what was asked of it, beyond the false-alarm rate. Once true it stays. */
  readonly disagrees: boolean;
  /** Its mean bandit reward is at least that of the other reward models in the category. */
  readonly favoured: boolean;
  /** Both: the bandit reward misleads. This is what a campaign reports. */
  readonly misleads: boolean;
  /** Bound on the p-value, over all that is guarded and all times of looking. At most 1. */
  readonly pValue: number;
  /** Mean of the evidence, −1 to 1, and how many pieces it has. */
  readonly meanEvidence: number;
  readonly count: number;
  /** Mean bandit reward of this one, and of the others; null without any. */
  readonly meanBanditReward: number | null;
  readonly meanBanditRewardOfOthers: number | null;
}

/**
 * Every reward model the guard has evidence on, against the bandit rewards it was given so far. Whether the reward favours it
 * is a comparison of means, not a test: the false-alarm rate is that of `disagrees`, and `misleads` is never oftener.
 */
export function guardFindings({ options, bets }: GuardState, rewards: readonly GivenReward[]): GuardFinding[] {
  const { rewardModelIds, categories, falseAlarmRate } = options;
  const tests = 2 * rewardModelIds.length * categories.length;
  return bets.map((bet) => {
    const { own, others } = meanRewards(bet, rewards);
    const favoured = own !== null && (others === null || own >= others);
    const pValue = Math.min(1, tests * Math.exp(-bet.peak));
    const disagrees = pValue <= falseAlarmRate;
    const { rewardModelId, category, source, count, sum } = bet;
    return {
      rewardModelId,
      category,
      source,
      disagrees,
      favoured,
      misleads: disagrees && favoured,
      pValue,
      meanEvidence: sum / count,
      count,
      meanBanditReward: own,
      meanBanditRewardOfOthers: others,
    };
  });
}

function meanRewards({ rewardModelId, category }: Bet, rewards: readonly GivenReward[]) {
  const here = rewards.filter((given) => category === null || given.category === category);
  const own = here.filter((given) => given.rewardModelId === rewardModelId);
  const others = here.filter((given) => given.rewardModelId !== rewardModelId);
  return { own: meanOrNull(own), others: meanOrNull(others) };
}

function meanOrNull(rewards: readonly GivenReward[]): number | null {
  return rewards.length === 0 ? null : mean(rewards.map(({ banditReward }) => banditReward));
}
