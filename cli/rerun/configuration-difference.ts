import type { ResolvedCampaign } from '../../contract/campaign-run';
import type { ConfigurationDifference } from '../../contract/configuration-change';
import { labelledOf } from '../../contract/selection-needs';
import { changedKeys } from './changed-keys';
import { forecastSteps } from './forecast-steps';
import type { NewestRun } from './newest-run';

/** How a campaign's configuration differs from that of its newest run, and which steps that leaves to do. */
export function configurationDifference(
  campaignId: string,
  newest: NewestRun | null,
  campaign: ResolvedCampaign,
): ConfigurationDifference {
  if (newest === null) return { campaignId, newestRun: null, changes: [], steps: [] };
  const { runId, status, started, input } = newest;
  const changes = changedKeys(input.campaign, campaign);
  return {
    campaignId,
    newestRun: { runId, status, started: started.toISOString() },
    changes,
    steps: forecastSteps(changes, {
      rewardFromAnswers: campaign.banditReward.type === 'verifiedPairs',
      learnsBeforehand: labelledOf(campaign.selection) !== null,
    }),
  };
}
