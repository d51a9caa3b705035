import { userInfo } from 'node:os';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { readEnvironment } from '../config/environment';
import { pauseUpdate, resumeUpdate, stopUpdate } from '../workflows/messages';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { findCampaign } from './find-campaign';
import { connectClient } from './temporal-client';

const updates = { pause: pauseUpdate, resume: resumeUpdate, stop: stopUpdate };

/** `laser pause|resume|stop <campaign>`: asks the campaign, and prints what it will do and when. */
export async function steerCampaign(
  verb: keyof typeof updates,
  campaignId: string,
  { json }: { json?: boolean },
): Promise<ExitCode> {
  const client = await connectClient(readEnvironment());
  const { handle, description } = await findCampaign(client, campaignId);
  if (description.status.name !== 'RUNNING') {
    throw new CommandError(
      `Campaign ${campaignId} does not run (${description.status.name.toLowerCase()}).`,
      exitCodes.usage,
    );
  }
  try {
    const answer = await handle.executeUpdate(updates[verb] as typeof stopUpdate, {
      args: [{ by: userInfo().username, why: null, now: false }],
    });
    process.stdout.write(json === true ? `${JSON.stringify({ campaignId, ...answer })}\n` : `${answer.message}\n`);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    throw new CommandError(error.cause?.message ?? error.message, exitCodes.usage);
  }
}
