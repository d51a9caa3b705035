import { readEnvironment } from '../config/environment';
import { exitCodes, type ExitCode } from './command-error';
import { findCampaign } from './find-campaign';
import { followCampaign } from './follow-campaign';
import { resultTables } from './result-tables';
import { connectClient } from './temporal-client';

/** `laser watch <campaign>`: its newest rounds, then each new one, to the end. */
export async function watchCampaign(campaignId: string): Promise<ExitCode> {
  const client = await connectClient(readEnvironment());
  const { handle } = await findCampaign(client, campaignId);
  const interrupt = new AbortController();
  process.once('SIGINT', () => process.exit(exitCodes.interrupted));
  const result = await followCampaign(client, handle, (line) => void process.stdout.write(`${line}\n`), interrupt.signal);
  process.stdout.write(`${resultTables(result)}\n`);
  return exitCodes.done;
}
