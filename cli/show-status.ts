import type { Client } from '@temporalio/client';
import { ArtifactMissingError, ArtifactStore } from '../artifact-store';
import { readEnvironment } from '../config/environment';
import type { RunStatus, StatusOutput } from '../contract/cli-output/campaign';
import type { CostLedger } from '../contract/cost-ledger';
import type { CarriedEvaluations } from '../contract/evaluation';
import { readFailure } from '../contract/read-failure';
import { bestOfNLines, bestOfNStatus } from './best-of-n/best-of-n-status';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { findCampaign } from './find-campaign';
import { printOutput } from './print-output';
import { readCostLedger, type SpendingTrace } from '../activities/read-cost-ledger';
import { withAllEvaluations } from '../activities/with-all-evaluations';
import { queryState } from './query-state';
import { newestRun } from './rerun/newest-run';
import { campaignLines } from './status/campaign-lines';
import { campaignTable } from './status/campaign-table';
import { listCampaigns, type CampaignFilter } from './status/list-campaigns';
import { comparisonLines, comparisonStatus } from './compare/comparison-status';
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
  const { campaignId: id, handle, description } = await findCampaign(client, campaignId, { others: true });
  const status = description.status.name.toLowerCase() as RunStatus;
  if (description.type === 'comparisonWorkflow') {
    printOutput(await comparisonStatus(client, id, status), json, comparisonLines);
    return exitCodes.done;
  }
  if (description.type === 'bestOfNWorkflow') {
    printOutput(await bestOfNStatus(client, id, status), json, bestOfNLines);
    return exitCodes.done;
  }
  const result = status === 'completed' ? await handle.result() : null;
  const failure = status === 'failed' ? readFailure(await rejectionOf(handle.result())) : null;
  const state = result ? null : await queryState(handle);
  const ledger = await ledgerOf(client, id, result ?? state);
  const [wholeState, wholeResult] = await Promise.all([state && unfolded(state), result && unfolded(result)]);
  const output: StatusOutput = { campaignId: id, status, state: wholeState, result: wholeResult, failure, ledger };
  printOutput(output, json, campaignLines);
  return exitCodes.done;
}

/** null where the rounds, or what the campaign was started with, cannot be read from here. */
async function ledgerOf(client: Client, campaignId: string, trace: SpendingTrace | null): Promise<CostLedger | null> {
  const newest = trace && (await newestRun(client, campaignId));
  if (!newest) return null;
  try {
    return await readCostLedger(new ArtifactStore(readEnvironment().LASER_STORE), trace, newest.input.campaign);
  } catch (error) {
    if (error instanceof ArtifactMissingError) return null;
    throw error;
  }
}

/** With every evaluation; as it is where they are not in the store of this machine. */
async function unfolded<Carrier extends CarriedEvaluations>(carrier: Carrier): Promise<Carrier> {
  try {
    return await withAllEvaluations(new ArtifactStore(readEnvironment().LASER_STORE), carrier);
  } catch (error) {
    if (error instanceof ArtifactMissingError) return carrier;
    throw error;
  }
}

async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
}
