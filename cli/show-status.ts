import { readEnvironment } from '../config/environment';
import type { RunStatus, StatusOutput } from '../contract/cli-output/campaign';
import { readFailure } from '../contract/read-failure';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { findCampaign } from './find-campaign';
import { printOutput } from './print-output';
import { queryState } from './query-state';
import { campaignLines } from './status/campaign-lines';
import { campaignTable } from './status/campaign-table';
import { listCampaigns, type CampaignFilter } from './status/list-campaigns';
import { connectClient } from './temporal-client';

export interface StatusOptions extends CampaignFilter {
  json?: boolean;
}

/** `laser status [campaign]` */
export async function showStatus(campaignId: string | undefined, options: StatusOptions): Promise<ExitCode> {
  const { json, ...filter } = options;
  if (campaignId !== undefined && Object.keys(filter).length > 0) {
    const message = 'Filters choose from the list of campaigns; give either a campaign or filters.';
    throw new CommandError(message, exitCodes.usage);
  }
  const client = await connectClient(readEnvironment());
  if (campaignId === undefined) {
    printOutput(await listCampaigns(client, filter), json, campaignTable);
    return exitCodes.done;
  }
  const { campaignId: id, handle, description } = await findCampaign(client, campaignId);
  const status = description.status.name.toLowerCase() as RunStatus;
  const result = status === 'completed' ? await handle.result() : null;
  const failure = status === 'failed' ? readFailure(await rejectionOf(handle.result())) : null;
  const state = result ? null : await queryState(handle);
  const output: StatusOutput = { campaignId: id, status, state, result, failure };
  printOutput(output, json, campaignLines);
  return exitCodes.done;
}

async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
}
