import {
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import type { campaignWorkflow } from '../workflows';
import { workflowIdOf } from './campaign-id';
import { CommandError, exitCodes } from './command-error';

export interface FoundCampaign {
  handle: WorkflowHandle<typeof campaignWorkflow>;
  description: WorkflowExecutionDescription;
}

/** A campaign by its id (with or without the leading `laser-`). @throws CommandError that names the campaigns there are. */
export async function findCampaign(client: Client, campaignId: string): Promise<FoundCampaign> {
  for (const workflowId of [workflowIdOf(campaignId), ...(campaignId.startsWith('laser-') ? [campaignId] : [])]) {
    const handle = client.workflow.getHandle<typeof campaignWorkflow>(workflowId);
    try {
      return { handle, description: await handle.describe() };
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
  const known: string[] = [];
  for await (const { workflowId } of client.workflow.list({
    query: "WorkflowType = 'campaignWorkflow'",
    pageSize: 100,
  })) {
    known.push(workflowId.replace(/^laser-/, ''));
    if (known.length === 10) break;
  }
  const hint =
    known.length === 0
      ? 'There are none yet; `laser run <file>` starts one.'
      : `Known are: ${[...new Set(known)].join(', ')}.`;
  throw new CommandError(`There is no campaign "${campaignId}". ${hint}`, exitCodes.usage);
}
