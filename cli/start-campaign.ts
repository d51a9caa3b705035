import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { canonicalJson, sha256 } from '../artifact-store';
import type { CampaignInput } from '../contract/campaign-run';
import { taskQueues } from '../contract/task-queues';
import type { campaignWorkflow } from '../workflows';
import { workflowIdOf } from './campaign-id';
import { fixedAttributes } from '../workflows/search-attributes';
import { CommandError, exitCodes } from './command-error';
import { registerSearchAttributes } from './register-search-attributes';
import { configurationDifference } from './rerun/configuration-difference';
import { describeDifference } from './rerun/describe-difference';
import { newestRun } from './rerun/newest-run';

export interface StartedCampaign {
  handle: WorkflowHandle<typeof campaignWorkflow>;
  runId: string;
  /** It was running already, with the same configuration. */
  attached: boolean;
}

/**
 * Starts a campaign, or joins it if the very same one runs. A finished one is run again, and re-uses its recorded steps;
 * with `progress` it starts behind the iteration that this is of.
 */
export async function startCampaign(
  client: Client,
  input: Pick<CampaignInput, 'campaignId' | 'campaign' | 'progress'>,
): Promise<StartedCampaign> {
  const workflowId = workflowIdOf(input.campaignId);
  const configuration = sha256(canonicalJson(input.campaign));
  const { campaign, campaignId } = input;
  const searchable = await registerSearchAttributes(client);
  try {
    const handle = await client.workflow.start<typeof campaignWorkflow>('campaignWorkflow', {
      workflowId,
      taskQueue: taskQueues.control,
      args: [{ ...input, searchable }],
      ...(searchable && { typedSearchAttributes: fixedAttributes(campaignId, campaign) }),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      memo: { configuration },
      staticSummary: `${campaign.name}: ${campaign.iterations} iterations × ${campaign.roundsPerIteration} rounds, ${campaign.selection.type}`,
      staticDetails: [
        `Policy **${campaign.serving.baseModel.name}** (revision \`${campaign.serving.baseModel.revision.slice(0, 16)}\`), seed ${campaign.seed}.`,
        `Reward models: ${campaign.rewardModels.map(({ id }) => `**${id}**`).join(', ')}.`,
      ].join('\n\n'),
    });
    return { handle, runId: handle.firstExecutionRunId, attached: false };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  const handle = client.workflow.getHandle<typeof campaignWorkflow>(workflowId);
  const running = await handle.describe();
  if (running.memo?.['configuration'] !== configuration) {
    const difference = configurationDifference(campaignId, await newestRun(client, campaignId), campaign);
    throw new CommandError(
      `Campaign ${campaignId} is running with another configuration. ` +
        `Stop it first (\`laser stop ${campaignId}\`), or give this one another name.\n` +
        describeDifference(difference).join('\n'),
      exitCodes.usage,
    );
  }
  return { handle, runId: running.runId, attached: true };
}
