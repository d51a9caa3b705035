import { WorkflowNotFoundError, type Client, type ScheduleDescription } from '@temporalio/client';
import type { CampaignResult } from '../../contract/campaign-run';

export interface RunOfSchedule {
  campaignId: string;
  /** When it was due. */
  scheduled: string;
  /** The workflow's status, or how the campaign ended. */
  status: string;
  /** The campaign whose policy and bandit it went on from. */
  continuedFrom: string | null;
  /** Held-out accuracy before and after; null until it is known. */
  accuracy: { before: number; after: number } | null;
}

/** The newest runs of a schedule, at most ten, newest first. */
export async function runsOfSchedule(client: Client, { info }: ScheduleDescription): Promise<RunOfSchedule[]> {
  return Promise.all(
    info.recentActions.toReversed().map(async ({ action, scheduledAt }) => {
      const { workflowId } = action.workflow;
      const run = { campaignId: workflowId.replace(/^laser-/, ''), scheduled: scheduledAt.toISOString() };
      const handle = client.workflow.getHandle(workflowId);
      try {
        const { status } = await handle.describe();
        if (status.name === 'COMPLETED') return { ...run, ...outcomeOf((await handle.result()) as CampaignResult) };
        return { ...run, status: status.name.toLowerCase(), continuedFrom: null, accuracy: null };
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        return { ...run, status: 'forgotten', continuedFrom: null, accuracy: null };
      }
    }),
  );
}

function outcomeOf({ status, regressed, lineage, comparison }: CampaignResult) {
  const all = comparison?.rows.find(({ category }) => category === 'all');
  return {
    status: regressed ? 'regressed' : status,
    continuedFrom: lineage?.campaignId ?? null,
    accuracy: all ? { before: all.before.value, after: all.after.value } : null,
  };
}
