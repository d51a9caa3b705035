import { ArtifactStore } from '../../artifact-store';
import { readEnvironment } from '../../config/environment';
import { CommandError, exitCodes, type ExitCode } from '../command-error';
import { findRound } from '../inspect/find-round';
import { openCampaign } from '../inspect/open-campaign';
import { parseRoundPosition } from '../inspect/round-position';
import { printOutput } from '../print-output';
import { artifactText } from './artifact-text';
import { findArtifact } from './find-artifact';
import { readArtifact } from './read-artifact';
import { readRound } from './read-round';
import { roundText } from './round-text';

/** `laser show <ref|campaign/it/round>` */
export async function show(what: string, { json }: { json?: boolean }): Promise<ExitCode> {
  if (/^[0-9a-f]{8,64}$/.test(what)) {
    const store = new ArtifactStore(readEnvironment().LASER_STORE);
    printOutput(await readArtifact(store, await findArtifact(store, what)), json, artifactText);
    return exitCodes.done;
  }
  const [, campaignId, position] = /^(.+?)\/((?:it-)?\d+\/\d+)$/.exec(what) ?? [];
  if (campaignId === undefined || position === undefined) {
    throw new CommandError(
      `"${what}" names nothing that can be shown. Give campaign/iteration/round, such as quickstart/1/12, ` +
        'or the SHA-256 of an artifact or its first 8 digits or more.',
      exitCodes.usage,
    );
  }
  const campaign = await openCampaign(campaignId);
  const { round } = await findRound(campaign, parseRoundPosition(position));
  printOutput(await readRound(campaign.store, campaign.campaignId, round), json, roundText);
  return exitCodes.done;
}
