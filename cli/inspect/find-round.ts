import type { RoundRecord } from '../../contract/round-record';
import { CommandError, exitCodes } from '../command-error';
import type { OpenedCampaign } from './open-campaign';
import { readRoundLog } from '../../activities/read-round-log';
import { isAt, type RoundPosition } from './round-position';

/** A round, and all rounds before it, newest first. @throws CommandError that says which rounds there are */
export async function findRound(
  { campaignId, store, trace }: OpenedCampaign,
  position: RoundPosition,
): Promise<{ round: RoundRecord; earlier: RoundRecord[] }> {
  const rounds: RoundRecord[] = [];
  for await (const round of readRoundLog(store, trace.roundLog)) rounds.push(round);
  const index = rounds.findIndex((round) => isAt(round, position));
  const round = rounds[index];
  if (round) return { round, earlier: rounds.slice(index + 1) };
  const [newest, oldest] = [rounds.at(0), rounds.at(-1)];
  const known =
    newest && oldest
      ? `It has ${oldest.iteration}/${oldest.round} to ${newest.iteration}/${newest.round}.`
      : 'It has none yet.';
  throw new CommandError(
    `Campaign ${campaignId} has no round ${position.iteration}/${position.round}. ${known}`,
    exitCodes.usage,
  );
}
