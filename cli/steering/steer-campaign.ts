import { userInfo } from 'node:os';
import { WorkflowUpdateFailedError, type Client, type UpdateDefinition } from '@temporalio/client';
import { readEnvironment } from '../../config/environment';
import type { SteeringOutput } from '../../contract/cli-output/steering';
import type { SteeringAnswer, SteeringOrigin } from '../../contract/steering';
import { CommandError, exitCodes, type ExitCode } from '../command-error';
import { findCampaign, type FoundCampaign } from '../find-campaign';
import { printOutput } from '../print-output';
import { connectClient } from '../temporal-client';

export interface SteeringOptions {
  why?: string;
  json?: boolean;
}

interface SteeringVerb<Request extends SteeringOrigin> {
  update: UpdateDefinition<SteeringAnswer, [Request]>;
  /** What is asked for, beside who and why; looks at the campaign first where it must. */
  request: (campaign: FoundCampaign, client: Client) => Promise<Omit<Request, keyof SteeringOrigin>>;
  /** Comparisons and best-of-n understand it too. */
  others?: boolean;
}

/** Sends an update to a running campaign, in the name of the system's user, and prints what will happen and when. */
export async function steerCampaign<Request extends SteeringOrigin>(
  campaignId: string,
  { why, json }: SteeringOptions,
  { update, request, others = false }: SteeringVerb<Request>,
): Promise<ExitCode> {
  const client = await connectClient(readEnvironment());
  const campaign = await findCampaign(client, campaignId, { others });
  const status = campaign.description.status.name;
  if (status !== 'RUNNING') {
    throw new CommandError(
      `Campaign ${campaign.campaignId} does not run (${status.toLowerCase()}); \`laser run <file>\` goes on with it.`,
      exitCodes.usage,
    );
  }
  const origin: SteeringOrigin = { by: userInfo().username, why: why ?? null };
  const asked = { ...(await request(campaign, client)), ...origin } as Request;
  try {
    const { message } = await campaign.handle.executeUpdate(update, { args: [asked] });
    const output: SteeringOutput = { campaignId: campaign.campaignId, message };
    printOutput(output, json, () => message);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    throw new CommandError(error.cause?.message ?? error.message, exitCodes.usage);
  }
}
