import type { Client } from '@temporalio/client';
import type { RunStatus } from '../../contract/cli-output/campaign';
import type { ComparisonStatus } from '../../contract/cli-output/comparison';
import type { comparisonWorkflow } from '../../workflows';
import { workflowIdOf } from '../campaign-id';
import { queryComparison } from './query-comparison';
import { runLine } from './run-line';

/** Where a comparison stands. */
export async function comparisonStatus(
  client: Client,
  comparison: string,
  status: RunStatus,
): Promise<ComparisonStatus> {
  const handle = client.workflow.getHandle<typeof comparisonWorkflow>(workflowIdOf(comparison));
  const runs = status === 'completed' ? (await handle.result()).runs : (await queryComparison(handle))?.runs;
  return { comparison, status, runs: runs ?? null };
}

export function comparisonLines({ comparison, status, runs }: ComparisonStatus): string {
  const detail = runs === null ? ', no worker answers for it now; `laser up` starts one' : '';
  return [`${comparison}: ${status}, a comparison${detail}`, ...(runs ?? []).map((run) => runLine(run, null))].join(
    '\n',
  );
}
