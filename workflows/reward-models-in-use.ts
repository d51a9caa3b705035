import type { ResolvedCampaign, RewardModelChanges, RewardModelState } from '../contract/campaign-run';
import type { ResolvedRewardModel } from '../contract/reward-model';

/** The reward models of the campaign file and those added since, without the removed ones. */
export function askableRewardModels(
  { rewardModels }: Pick<ResolvedCampaign, 'rewardModels'>,
  { added, removed }: RewardModelChanges,
): ResolvedRewardModel[] {
  return [...rewardModels, ...added].filter(({ id }) => !removed.includes(id));
}

/** Every reward model the campaign ever had, and whether it may be asked now. */
export function rewardModelStates(
  { rewardModels }: Pick<ResolvedCampaign, 'rewardModels'>,
  { added, removed, masked }: RewardModelChanges,
): RewardModelState[] {
  return [...rewardModels, ...added].map(({ id, kind }) => ({
    id,
    kind,
    status: removed.includes(id) ? 'removed' : masked.includes(id) ? 'masked' : 'active',
  }));
}

/** Ids of all that the campaign has, masked ones too. */
export function rosterOf(campaign: Pick<ResolvedCampaign, 'rewardModels'>, changes: RewardModelChanges): string[] {
  const ids = [...campaign.rewardModels, ...changes.added].map(({ id }) => id);
  return [...new Set(ids)].filter((id) => !changes.removed.includes(id));
}
