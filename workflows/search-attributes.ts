import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { CampaignState, ResolvedCampaign } from '../contract/campaign-run';
import { accuracyOf } from './accuracy-of';

/** What campaigns can be listed and filtered by, in the CLI and the Temporal UI. They fit the slots of a SQLite server. */
export const searchAttributes = {
  campaign: defineSearchAttributeKey('LaserCampaign', 'KEYWORD'),
  selection: defineSearchAttributeKey('LaserSelection', 'KEYWORD'),
  comparison: defineSearchAttributeKey('LaserComparison', 'KEYWORD'),
  dataset: defineSearchAttributeKey('LaserDataset', 'KEYWORD'),
  policy: defineSearchAttributeKey('LaserPolicy', 'KEYWORD'),
  rewardModels: defineSearchAttributeKey('LaserRewardModels', 'KEYWORD_LIST'),
  phase: defineSearchAttributeKey('LaserPhase', 'KEYWORD'),
  iteration: defineSearchAttributeKey('LaserIteration', 'INT'),
  rounds: defineSearchAttributeKey('LaserRounds', 'INT'),
  accuracy: defineSearchAttributeKey('LaserAccuracy', 'DOUBLE'),
  loss: defineSearchAttributeKey('LaserLoss', 'DOUBLE'),
  banditReward: defineSearchAttributeKey('LaserBanditReward', 'DOUBLE'),
} as const;

type Attributed = Pick<ResolvedCampaign, 'selection' | 'dataset' | 'serving' | 'rewardModels'>;

/** What does not change while a campaign, or a best-of-n, runs. */
export function fixedAttributes(campaignId: string, campaign: Attributed): SearchAttributePair[] {
  return [
    { key: searchAttributes.campaign, value: campaignId },
    { key: searchAttributes.selection, value: campaign.selection.type },
    { key: searchAttributes.dataset, value: campaign.dataset },
    { key: searchAttributes.policy, value: campaign.serving.baseModel.name },
    { key: searchAttributes.rewardModels, value: campaign.rewardModels.map(({ id }) => id) },
  ];
}

/**
 * Where a campaign stands; written at the edges of its phases and with the reports of its rounds. `accuracy` is the newest, from 0 to 1; it holds the win
 * rate of a campaign that measures one. */
export function currentAttributes({ phase, iteration, totals, evaluations }: CampaignState) {
  const accuracy = accuracyOf(evaluations);
  return [
    { key: searchAttributes.phase, value: phase },
    { key: searchAttributes.iteration, value: iteration },
    { key: searchAttributes.rounds, value: totals.rounds },
    ...(totals.lastLoss !== null ? [{ key: searchAttributes.loss, value: totals.lastLoss }] : []),
    ...(totals.lastBanditReward !== null
      ? [{ key: searchAttributes.banditReward, value: totals.lastBanditReward }]
      : []),
    ...(accuracy !== null ? [{ key: searchAttributes.accuracy, value: accuracy }] : []),
  ];
}
