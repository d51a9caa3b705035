import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { hashesIn } from '../../artifact-store';
import type { campaignWorkflow } from '../../workflows';
import { newestRun } from '../rerun/newest-run';
import { hashesInHistory } from './hashes-in-history';

const ours = [
  'bestOfNWorkflow',
  'campaignWorkflow',
  'comparisonWorkflow',
  'iterationWorkflow',
  'scheduledCampaignWorkflow',
];

export interface CampaignRoots {
  campaigns: number;
  hashes: Set<string>;
}

/**
 * What the campaigns that Temporal lists need. A finished one needs what it was given and what its result names. Any
 * other can go on, so it needs all that its histories name, its iterations’ among them.
 */
export async function campaignRoots(client: Client): Promise<CampaignRoots> {
  const runs = new Map<string, WorkflowExecutionInfo[]>();
  const query = `WorkflowType IN (${ours.map((type) => `'${type}'`).join(', ')})`;
  for await (const run of client.workflow.list({ query, pageSize: 200 })) {
    const campaign = run.workflowId.replace(/\/it-\d+$/, '');
    runs.set(campaign, [...(runs.get(campaign) ?? []), run]);
  }
  const hashes = new Set<string>();
  for (const [workflowId, ofCampaign] of runs) {
    for (const hash of await neededBy(client, workflowId, ofCampaign)) hashes.add(hash);
  }
  return { campaigns: runs.size, hashes };
}

async function neededBy(client: Client, workflowId: string, runs: readonly WorkflowExecutionInfo[]): Promise<string[]> {
  const own = runs.filter((run) => run.workflowId === workflowId);
  const newest = own.toSorted((left, right) => right.startTime.getTime() - left.startTime.getTime())[0];
  if (newest?.status.name === 'COMPLETED' && newest.type === 'campaignWorkflow') {
    const result = await client.workflow.getHandle<typeof campaignWorkflow>(workflowId, newest.runId).result();
    if (result.status === 'finished') {
      const run = await newestRun(client, workflowId.replace(/^laser-/, ''));
      return hashesIn(JSON.stringify([result, run?.input]));
    }
  }
  const histories: string[] = [];
  for (const run of runs) {
    const { events } = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    histories.push(...hashesInHistory(events ?? []));
  }
  return histories;
}
