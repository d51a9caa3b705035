import type { Environment } from '../../config/environment';
import type { ResolvedCampaign } from '../../contract/campaign-run';
import { exitCodes, type ExitCode } from '../command-error';
import { configurationDifference } from './configuration-difference';
import { describeDifference } from './describe-difference';
import { newestRun } from './newest-run';
import { withTemporal } from './with-temporal';

/** `laser run <file> --dry-run`: what changed since the newest run and what would be done again. Starts nothing. */
export async function dryRun(
  environment: Environment,
  campaignId: string,
  campaign: ResolvedCampaign,
  json: boolean,
): Promise<ExitCode> {
  const newest = await withTemporal(environment, (client) => newestRun(client, campaignId));
  const difference = configurationDifference(campaignId, newest, campaign);
  const text = json ? JSON.stringify(difference, null, 2) : describeDifference(difference).join('\n');
  process.stdout.write(`${text}\n`);
  return exitCodes.done;
}
