import type { Campaign } from '../contract/campaign';

/** A campaign's id: its name, and the seed where the command line gave another one. */
export function campaignIdOf(campaign: Campaign, seedOverride: number | undefined): string {
  return seedOverride === undefined ? campaign.name : `${campaign.name}-seed-${seedOverride}`;
}

export function workflowIdOf(campaignId: string): string {
  return `laser-${campaignId}`;
}
