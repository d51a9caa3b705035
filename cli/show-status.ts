import Table from 'cli-table3';
import type { Client } from '@temporalio/client';
import { readEnvironment } from '../config/environment';
import type { CampaignResult, CampaignState } from '../contract/campaign-run';
import { readFailure } from '../contract/read-failure';
import { tellFailure } from '../contract/tell-failure';
import { exitCodes, type ExitCode } from './command-error';
import { findCampaign } from './find-campaign';
import { accuracyLine } from './lines';
import { resultTables } from './result-tables';
import { queryState } from './query-state';
import { connectClient } from './temporal-client';

/** `laser status [campaign]` */
export async function showStatus(campaignId: string | undefined, { json }: { json?: boolean }): Promise<ExitCode> {
  const client = await connectClient(readEnvironment());
  if (campaignId === undefined) await listCampaigns(client, json === true);
  else await showCampaign(client, campaignId, json === true);
  return exitCodes.done;
}

async function listCampaigns(client: Client, json: boolean): Promise<void> {
  const campaigns = [];
  for await (const run of client.workflow.list({ query: "WorkflowType = 'campaignWorkflow'" })) {
    campaigns.push({
      campaignId: run.workflowId.replace(/^laser-/, ''),
      status: run.status.name.toLowerCase(),
      started: run.startTime.toISOString(),
      ended: run.closeTime?.toISOString() ?? null,
    });
  }
  if (json) {
    process.stdout.write(`${JSON.stringify(campaigns, null, 2)}\n`);
    return;
  }
  const table = new Table({ head: ['campaign', 'status', 'started', 'ended'], style: { head: [], border: [] } });
  for (const { campaignId, status, started, ended } of campaigns)
    table.push([campaignId, status, started, ended ?? '']);
  process.stdout.write(
    `${campaigns.length === 0 ? 'No campaigns yet; `laser run <file>` starts one.' : table.toString()}\n`,
  );
}

async function showCampaign(client: Client, campaignId: string, json: boolean): Promise<void> {
  const { handle, description } = await findCampaign(client, campaignId);
  const status = description.status.name.toLowerCase();
  const result: CampaignResult | null = status === 'completed' ? await handle.result() : null;
  const state: CampaignState | null = result ? null : await queryState(handle);
  const failure = status === 'failed' ? readFailure(await rejectionOf(handle.result())) : null;
  if (json) {
    process.stdout.write(`${JSON.stringify({ campaignId, status, state, result, failure }, null, 2)}\n`);
    return;
  }
  const ending = result?.regressed === true ? 'regressed' : result?.status;
  const detail = state?.phase ?? ending ?? 'no worker answers for it now; `laser up` starts one';
  const lines = [`${campaignId}: ${status}, ${detail}`];
  if (state) {
    const running = state.runningIteration === null ? '' : `, iteration ${state.runningIteration} runs`;
    lines.push(
      `${state.iteration} of ${state.iterations} iterations done${running}, ${state.totals.rounds} rounds trained`,
    );
    lines.push(...state.evaluations.map(accuracyLine));
  }
  if (result?.lineage) lines.push(`went on from ${result.lineage.campaignId}`);
  if (result) lines.push(resultTables(result));
  if (failure) lines.push(tellFailure(campaignId, failure));
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
}
