import type { WorkflowHandle } from '@temporalio/client';
import type { BestOfNState } from '../../contract/best-of-n-run';
import type { bestOfNWorkflow } from '../../workflows';
import { bestOfNStateQuery } from '../../workflows/messages';

/** Where a best-of-n is; null while no worker answers for it. */
export async function queryBestOfN(handle: WorkflowHandle<typeof bestOfNWorkflow>): Promise<BestOfNState | null> {
  try {
    return await handle.query(bestOfNStateQuery);
  } catch {
    return null;
  }
}
