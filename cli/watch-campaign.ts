import { readEnvironment } from '../config/environment';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { describeFailure } from './describe-failure';
import { findCampaign } from './find-campaign';
import { followCampaign } from './follow-campaign';
import { resultTables } from './result-tables';
import { connectClient } from './temporal-client';

/** `laser watch <campaign>`: its newest rounds, then each new one, to the end. Ctrl-C ends the watching alone. */
export async function watchCampaign(campaignId: string): Promise<ExitCode> {
  const client = await connectClient(readEnvironment());
  const { handle } = await findCampaign(client, campaignId);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  try {
    print(resultTables(await followCampaign(client, handle, print, interrupt.signal)));
    return exitCodes.done;
  } catch (error) {
    if (interrupt.signal.aborted) return exitCodes.interrupted;
    throw new CommandError(describeFailure(campaignId, error), exitCodes.failed);
  }
}
