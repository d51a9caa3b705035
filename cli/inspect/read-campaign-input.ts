import { defaultPayloadConverter } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import type { CampaignInput } from '../../contract/campaign-run';

/** What a campaign's newest run was started with: the first event of its history. */
export async function readCampaignInput(client: Client, workflowId: string): Promise<CampaignInput> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId },
    maximumPageSize: 1,
  });
  const payload = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  if (!payload) throw new TypeError(`The history of ${workflowId} does not begin with an input.`);
  return defaultPayloadConverter.fromPayload<CampaignInput>(payload);
}
