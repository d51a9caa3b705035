import {
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import type { campaignWorkflow } from '../workflows';
import { workflowIdOf } from './campaign-id';
import { CommandError, exitCodes } from './command-error';
import { suggest } from './suggest';

export interface FoundCampaign {
  campaignId: string;
  handle: WorkflowHandle<typeof campaignWorkflow>;
  description: WorkflowExecutionDescription;
}

/** How many campaigns a typing error is compared with, and how many are named. */
const compared = 1000;
const named = 10;

/**
 * A campaign by its id (with or without the leading `laser-`); a comparison or best-of-n too, where the verb can do
 * something with one.
 * @throws CommandError that names the campaigns there are.
 */
export async function findCampaign(
  client: Client,
  campaignId: string,
  { others = false }: { others?: boolean } = {},
): Promise<FoundCampaign> {
  for (const workflowId of [workflowIdOf(campaignId), ...(campaignId.startsWith('laser-') ? [campaignId] : [])]) {
    const handle = client.workflow.getHandle<typeof campaignWorkflow>(workflowId);
    try {
      const description = await handle.describe();
      const id = workflowId.replace(/^laser-/, '');
      const explain = notCampaigns[description.type];
      if (explain && !others) throw new CommandError(explain(id), exitCodes.usage);
      return { campaignId: id, handle, description };
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
  const known = await knownCampaigns(client);
  const hint =
    known.length === 0
      ? ' There are none yet; `laser run <file>` starts one.'
      : `${suggest(campaignId, known)} Known are: ${known.slice(0, named).join(', ')}${known.length > named ? ', …' : ''}.`;
  throw new CommandError(`There is no campaign "${campaignId}".${hint}`, exitCodes.usage);
}

/** What else has such an id, by its workflow. */
const notCampaigns: Record<string, (id: string) => string> = {
  comparisonWorkflow: (id) =>
    `${id} is a comparison, not a campaign: \`laser status ${id}\` shows it, \`laser status --campaign ${id}\` its campaigns.`,
  bestOfNWorkflow: (id) => `${id} is a best-of-n, not a campaign: \`laser status ${id}\` shows it.`,
};

/** Newest first. */
async function knownCampaigns(client: Client): Promise<string[]> {
  const known = new Set<string>();
  for await (const { workflowId } of client.workflow.list({
    query: "WorkflowType = 'campaignWorkflow'",
    pageSize: 100,
  })) {
    known.add(workflowId.replace(/^laser-/, ''));
    if (known.size === compared) break;
  }
  return [...known];
}
