import { WorkflowFailedError, WorkflowNotFoundError, type Client, type ScheduleDescription } from '@temporalio/client';
import type { campaignWorkflow } from '../../workflows';
import { describeFailure } from '../describe-failure';

export interface RunOfSchedule {
  campaignId: string;
  /** When it was due. */
  scheduled: string;
  /** running, or how it ended: finished, regressed, stopped, failed, cancelled; forgotten once the server has. */
  status: string;
  /** The campaign whose policy and bandit it went on from. */
  continuedFrom: string | null;
  /** Held-out accuracy before and after; null until it is known. */
  accuracy: { before: number; after: number } | null;
  failure: string | null;
}

/** The newest runs of a schedule, at most ten, newest first. */
export async function runsOfSchedule(client: Client, { info }: ScheduleDescription): Promise<RunOfSchedule[]> {
  return Promise.all(
    info.recentActions.toReversed().map(async ({ action, scheduledAt }) => {
      const { workflowId } = action.workflow;
      const campaignId = workflowId.replace(/^laser-/, '');
      return { campaignId, scheduled: scheduledAt.toISOString(), ...(await outcomeOf(client, workflowId, campaignId)) };
    }),
  );
}

async function outcomeOf(client: Client, workflowId: string, campaignId: string) {
  const unknown = { continuedFrom: null, accuracy: null, failure: null };
  const handle = client.workflow.getHandle<typeof campaignWorkflow>(workflowId);
  try {
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') return { ...unknown, status: 'running' };
    const { status: outcome, regressed, lineage, comparison } = await handle.result();
    const all = comparison?.rows.find(({ category }) => category === 'all');
    return {
      ...unknown,
      status: regressed ? 'regressed' : outcome,
      continuedFrom: lineage?.campaignId ?? null,
      accuracy: all ? { before: all.before.value, after: all.after.value } : null,
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { ...unknown, status: 'forgotten' };
    if (!(error instanceof WorkflowFailedError)) throw error;
    const status = error.cause?.name === 'CancelledFailure' ? 'cancelled' : 'failed';
    return { ...unknown, status, failure: describeFailure(campaignId, error) };
  }
}
