import { withAllEvaluations } from '../../activities/with-all-evaluations';
import { readLinks } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import { campaignCheckpoint, type CampaignProgress } from '../../contract/campaign-run';
import type { PolicyVersion } from '../../contract/policy';
import { CommandError, exitCodes } from '../command-error';
import type { CampaignTrace, OpenedCampaign } from '../inspect/open-campaign';

export interface TrainedPolicy extends PolicyVersion {
  adapter: ArtifactRef;
}

/** A policy, and what its campaign had come to when it was trained. */
export interface FoundPolicy extends Pick<CampaignTrace, 'evaluations' | 'totals'> {
  policy: TrainedPolicy;
}

/** The newest published policy of a campaign, or that of an earlier iteration. @throws CommandError if there is none */
export async function findPolicy(campaign: OpenedCampaign, iteration: number | undefined): Promise<FoundPolicy> {
  const { campaignId, trace } = campaign;
  const isNewest = iteration === undefined || iteration === trace.policy?.iteration;
  const found = isNewest ? trace : await checkpointOf(campaign, iteration);
  if (found?.policy?.adapter) {
    const { totals, policy } = found;
    const { evaluations } = await withAllEvaluations(campaign.store, found);
    return { evaluations, totals, policy: { ...policy, adapter: found.policy.adapter } };
  }
  throw new CommandError(
    found?.policy
      ? `Policy ${found.policy.iteration} of campaign ${campaignId} is the base model itself; there is no adapter to export.`
      : `Campaign ${campaignId} has no policy of iteration ${iteration ?? 0}; the newest is ${trace.policy?.iteration ?? 'still to come'}.`,
    exitCodes.usage,
  );
}

async function checkpointOf({ store, trace }: OpenedCampaign, iteration: number): Promise<CampaignProgress | null> {
  for await (const { link } of readLinks(store, trace.checkpoints, campaignCheckpoint)) {
    if (link.progress.policy.iteration === iteration) return link.progress;
  }
  return null;
}
