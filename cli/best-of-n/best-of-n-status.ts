import type { Client } from '@temporalio/client';
import type { BestOfNStatus } from '../../contract/cli-output/best-of-n';
import type { RunStatus } from '../../contract/cli-output/campaign';
import type { bestOfNWorkflow } from '../../workflows';
import { workflowIdOf } from '../campaign-id';
import { queryBestOfN } from './query-best-of-n';
import { splitLine } from './split-line';

/** Where a best-of-n stands. */
export async function bestOfNStatus(client: Client, bestOfN: string, status: RunStatus): Promise<BestOfNStatus> {
  const handle = client.workflow.getHandle<typeof bestOfNWorkflow>(workflowIdOf(bestOfN));
  const state = status === 'completed' ? (await handle.result()).state : await queryBestOfN(handle);
  return { bestOfN, status, state };
}

export function bestOfNLines({ bestOfN, status, state }: BestOfNStatus): string {
  if (state === null)
    return `${bestOfN}: ${status}, a best-of-n, no worker answers for it now; \`laser up\` starts one`;
  const { phase, learn, test, metric } = state;
  return [
    `${bestOfN}: ${status}, a best-of-n, ${phase}`,
    ...Object.entries({ learn, test }).flatMap(([split, totals]) =>
      totals ? [splitLine(split as 'learn' | 'test', totals, metric)] : [],
    ),
  ].join('\n');
}
