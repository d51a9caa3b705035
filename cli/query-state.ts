import type { WorkflowHandle } from '@temporalio/client';
import type { CampaignState } from '../contract/campaign-run';
import type { campaignWorkflow } from '../workflows';
import { campaignStateQuery } from '../workflows/messages';

/** Where a campaign is; null while no worker answers for it, or before it has begun. */
export async function queryState(handle: WorkflowHandle<typeof campaignWorkflow>): Promise<CampaignState | null> {
  try {
    return await handle.query(campaignStateQuery);
  } catch {
    return null;
  }
}
