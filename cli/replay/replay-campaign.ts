import type { ReplayOutput } from '../../contract/cli-output/inspection';
import type { RoundRecord } from '../../contract/round-record';
import { CommandError, exitCodes, type ExitCode } from '../command-error';
import { openCampaign } from '../inspect/open-campaign';
import { readRoundLog } from '../../activities/read-round-log';
import { printOutput } from '../print-output';
import { replayDecisions } from './replay-decisions';

/** `laser replay <campaign>`: exit code 1 if a recomputed decision is another than the recorded one. */
export async function replayCampaign(id: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const { campaignId, store, trace } = await openCampaign(id);
  if (trace.banditLog === null) {
    throw new CommandError(`Campaign ${campaignId} has decided nothing yet.`, exitCodes.usage);
  }
  const rounds: RoundRecord[] = [];
  for await (const round of readRoundLog(store, trace.roundLog)) rounds.unshift(round);
  const output: ReplayOutput = { campaignId, ...(await replayDecisions(store, trace.banditLog, rounds)) };
  printOutput(output, json, replayText);
  return output.differences.length === 0 ? exitCodes.done : exitCodes.failed;
}

function replayText({ campaignId, decisions, differences }: ReplayOutput): string {
  if (differences.length === 0) return `${campaignId}: ${decisions} decisions recomputed, all as they were recorded.`;
  return [
    `${campaignId}: ${decisions} decisions recomputed, ${differences.length} differences.`,
    ...differences.map(
      ({ iteration, round, scope, what, recorded, recomputed }) =>
        `  ${iteration}/${round}${scope === null ? '' : ` (${scope})`}: ${what} was ${JSON.stringify(recorded)}, is ${JSON.stringify(recomputed)}`,
    ),
    'The log and the program do not belong together: look for a changed store, or another version of LASeR.',
  ].join('\n');
}
