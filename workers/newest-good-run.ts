import { ScheduleNotFoundError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { CampaignStart } from '../contract/campaign-start';
import type { campaignWorkflow } from '../workflows';

/**
 * The newest run of a schedule that finished, as a start for the next one; null if there is none. Newest is the one that
 * was started last. With `gate`, runs that regressed are passed over.
 */
export async function newestGoodRun(client: Client, scheduleId: string, gate: boolean): Promise<CampaignStart | null> {
  const seen = new Set<string>();
  for await (const workflowId of runsNewestFirst(client, scheduleId)) {
    if (seen.has(workflowId)) continue;
    seen.add(workflowId);
    const start = await startOf(client, workflowId, gate);
    if (start) return start;
  }
  return null;
}

/** The schedule itself knows its last ten at once; the list of workflows, which lags a little, has them all. */
async function* runsNewestFirst(client: Client, scheduleId: string): AsyncGenerator<string> {
  try {
    const { info } = await client.schedule.getHandle(scheduleId).describe();
    for (const { action } of info.recentActions.toReversed()) yield action.workflow.workflowId;
  } catch (error) {
    // Deleted while this run was under way: its earlier runs are still there.
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
  const query = `TemporalScheduledById = '${scheduleId}' AND WorkflowType = 'campaignWorkflow' AND ExecutionStatus = 'Completed'`;
  for await (const { workflowId } of client.workflow.list({ query })) yield workflowId;
}

async function startOf(client: Client, workflowId: string, gate: boolean): Promise<CampaignStart | null> {
  const handle = client.workflow.getHandle<typeof campaignWorkflow>(workflowId);
  try {
    const { status, runId, type } = await handle.describe();
    if (status.name !== 'COMPLETED' || type !== 'campaignWorkflow') return null;
    const { status: outcome, regressed, policy, banditLog, contextScaling, carriedOptimizer } = await handle.result();
    if (outcome !== 'finished' || (gate && regressed)) return null;
    const lineage = { campaignId: workflowId.replace(/^laser-/, ''), runId };
    return {
      adapter: policy.adapter,
      banditLog,
      contextScaling,
      lineage,
      ...(carriedOptimizer && { carriedOptimizer }),
    };
  } catch (error) {
    // Older than the namespace keeps it.
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
