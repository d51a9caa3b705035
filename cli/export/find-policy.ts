import type { ArtifactRef } from '../../contract/artifact';
import { campaignCheckpoint } from '../../contract/campaign-run';
import type { PolicyVersion } from '../../contract/policy';
import { CommandError, exitCodes } from '../command-error';
import type { OpenedCampaign } from '../inspect/open-campaign';

export interface TrainedPolicy extends PolicyVersion {
  adapter: ArtifactRef;
}

/** The newest published policy of a campaign, or that of an earlier iteration. @throws CommandError if there is none */
export async function findPolicy(campaign: OpenedCampaign, iteration: number | undefined): Promise<TrainedPolicy> {
  const { campaignId, trace } = campaign;
  const policy = iteration === undefined ? trace.policy : await policyOf(campaign, iteration);
  if (policy?.adapter) return { ...policy, adapter: policy.adapter };
  throw new CommandError(
    policy
      ? `Policy ${policy.iteration} of campaign ${campaignId} is the base model itself; there is no adapter to export.`
      : `Campaign ${campaignId} has no policy of iteration ${iteration ?? 0}; the newest is ${trace.policy?.iteration ?? 'still to come'}.`,
    exitCodes.usage,
  );
}

async function policyOf({ store, trace }: OpenedCampaign, iteration: number): Promise<PolicyVersion | null> {
  if (trace.policy?.iteration === iteration) return trace.policy;
  for (let link = trace.checkpoints; link !== null;) {
    const { progress, previous } = await store.getJson(link, campaignCheckpoint);
    if (progress.policy.iteration === iteration) return progress.policy;
    link = previous;
  }
  return null;
}
