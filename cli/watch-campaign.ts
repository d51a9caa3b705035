import { readEnvironment } from '../config/environment';
import type { WatchLine } from '../contract/cli-output/campaign';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { describeFailure } from './describe-failure';
import { findCampaign } from './find-campaign';
import { followCampaign } from './follow-campaign';
import { resultTables } from './result-tables';
import { connectClient } from './temporal-client';
import { progressLines } from './watch/progress-lines';

/** `laser watch <campaign>`: its newest rounds, then each new one, to the end. Ctrl-C ends the watching alone. */
export async function watchCampaign(campaignId: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const client = await connectClient(readEnvironment());
  const { campaignId: id, handle } = await findCampaign(client, campaignId);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const onLine =
    json === true
      ? (line: WatchLine) => void process.stdout.write(`${JSON.stringify(line)}\n`)
      : progressLines(process.stdout, process.stderr);
  try {
    const result = await followCampaign(client, handle, onLine, interrupt.signal);
    if (json !== true) process.stdout.write(`${resultTables(result)}\n`);
    return exitCodes.done;
  } catch (error) {
    if (interrupt.signal.aborted) return exitCodes.interrupted;
    throw new CommandError(describeFailure(id, error), exitCodes.failed);
  }
}
