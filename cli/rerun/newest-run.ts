import { defaultPayloadConverter } from '@temporalio/common';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { CampaignInput } from '../../contract/campaign-run';
import { workflowIdOf } from '../campaign-id';

/** The newest run of a campaign: what it was started with, and how it stands. */
export interface NewestRun {
  runId: string;
  /** As Temporal has it: RUNNING, COMPLETED, FAILED, … */
  status: string;
  started: Date;
  input: CampaignInput;
}

/**
 * Asks Temporal for a campaign's newest run; its first event holds the configuration it was started with.
 * @returns null where there is none, or none any more (the namespace's retention).
 */
export async function newestRun(client: Client, campaignId: string): Promise<NewestRun | null> {
  const workflowId = workflowIdOf(campaignId);
  try {
    const { runId, status, startTime: started, type } = await client.workflow.getHandle(workflowId).describe();
    const { history } = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      maximumPageSize: 1,
    });
    const payload = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
    if (type !== 'campaignWorkflow' || !payload) return null;
    return { runId, status: status.name, started, input: defaultPayloadConverter.fromPayload<CampaignInput>(payload) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
