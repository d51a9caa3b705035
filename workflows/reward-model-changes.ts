import type { ResolvedCampaign, RewardModelChanges } from '../contract/campaign-run';
import type { ResolvedRewardModel } from '../contract/reward-model';
import { isSameModel } from '../contract/reward-models-of';
import type { ArmChange } from '../contract/steering';
import { rewardModelStates } from './reward-models-in-use';

/** As a campaign begins: reward models of later iterations are masked. */
export function firstChanges({ rewardModels }: Pick<ResolvedCampaign, 'rewardModels'>): RewardModelChanges {
  return { added: [], removed: [], masked: arrivals(rewardModels, (first) => first > 1) };
}

/** The masked reward models whose first iteration this is. */
export function arrivingIn(
  iteration: number,
  { rewardModels }: Pick<ResolvedCampaign, 'rewardModels'>,
  { masked }: RewardModelChanges,
): string[] {
  return arrivals(rewardModels, (first) => first === iteration).filter((id) => masked.includes(id));
}

function arrivals(rewardModels: ResolvedCampaign['rewardModels'], when: (first: number) => boolean): string[] {
  return rewardModels.filter(({ fromIteration = 1 }) => when(fromIteration)).map(({ id }) => id);
}

export function changeRewardModels(changes: RewardModelChanges, change: ArmChange): RewardModelChanges {
  const { action, rewardModelId: id, rewardModel } = change;
  const masked = changes.masked.filter((other) => other !== id);
  switch (action) {
    case 'add':
      return {
        ...changes,
        removed: changes.removed.filter((other) => other !== id),
        added: rewardModel ? [...changes.added, rewardModel] : changes.added,
      };
    case 'remove':
      return { ...changes, masked, removed: [...changes.removed, id] };
    case 'mask':
      return { ...changes, masked: [...masked, id] };
    case 'unmask':
      return { ...changes, masked };
  }
}

/** Why a change cannot be made; null if it can. `change` comes from outside. */
export function changeRefusal(
  campaign: Pick<ResolvedCampaign, 'rewardModels' | 'selection' | 'evaluation'>,
  changes: RewardModelChanges,
  change: ArmChange | undefined,
): string | null {
  if (change === undefined) return 'was not told which reward model to change; give change.action and its id';
  const { action, rewardModelId: id, rewardModel } = change;
  const states = rewardModelStates(campaign, changes);
  const known = states.find((state) => state.id === id);
  const list = states.map((state) => `${state.id} (${state.status})`).join(', ');
  if (action === 'add') {
    if (known?.status === 'removed') return rewardModel ? `had ${id} before; add it without its description` : null;
    if (known) return `has a reward model ${id} already: ${list}`;
    const refusal = rewardModel && judgeRefusal(campaign, rewardModel);
    if (refusal) return refusal;
    return rewardModel?.id === id ? null : `was not told what ${id} is; give its description`;
  }
  if (!known) return `has no reward model ${id}: ${list}`;
  if (known.status === 'removed') return `has removed ${id}; add it again first`;
  if (action === 'unmask') return known.status === 'masked' ? null : `has not masked ${id}`;
  if (action === 'mask' && known.status === 'masked') return `has masked ${id} already`;
  const { selection } = campaign;
  if (selection.type === 'fixed' && selection.rewardModelId === id) {
    return `always asks ${id} (selection fixed), so it cannot do without it`;
  }
  const others = states.filter((state) => state.id !== id && state.status === 'active');
  return others.length > 0 ? null : `would have no reward model left to ask: ${list}`;
}

function judgeRefusal({ evaluation }: Pick<ResolvedCampaign, 'evaluation'>, added: ResolvedRewardModel): string | null {
  if (evaluation.type !== 'winRate' || evaluation.judgeMayTrain) return null;
  const { judge } = evaluation;
  if (judge.id !== added.id && !isSameModel(judge, added)) return null;
  return `measures its win rate by ${judge.id}, so the policy must not be trained to please it (evaluation.judgeMayTrain)`;
}
