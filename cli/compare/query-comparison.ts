import type { WorkflowHandle } from '@temporalio/client';
import type { ComparisonState } from '../../contract/comparison-run';
import type { comparisonWorkflow } from '../../workflows';
import { comparisonStateQuery } from '../../workflows/messages';

/** Where a comparison is; null while no worker answers for it. */
export async function queryComparison(
  handle: WorkflowHandle<typeof comparisonWorkflow>,
): Promise<ComparisonState | null> {
  try {
    return await handle.query(comparisonStateQuery);
  } catch {
    return null;
  }
}
