import { ServiceError, type Client, type WorkflowExecutionInfo } from '@temporalio/client';
import type { CampaignList, RunStatus } from '../../contract/cli-output/campaign';
import { searchAttributes } from '../../workflows/search-attributes';
import { CommandError, exitCodes } from '../command-error';
import { registerSearchAttributes } from '../register-search-attributes';

export interface CampaignFilter {
  /** List all, not only the newest. */
  all?: boolean;
  /** How their ids begin. */
  campaign?: string;
  phase?: string;
  minAccuracy?: number;
  selection?: string;
}

const newest = 20;

/** Each campaign by its newest run, newest first. Temporal filters, by the search attributes that campaigns carry. */
export async function listCampaigns(client: Client, filter: CampaignFilter): Promise<CampaignList> {
  const conditions = conditionsOf(filter);
  if (conditions.length > 0 && !(await registerSearchAttributes(client)))
    throw cannotFilter('it does not let us register them');
  const query = ["WorkflowType = 'campaignWorkflow'", "ExecutionStatus != 'ContinuedAsNew'", ...conditions].join(
    ' AND ',
  );
  const campaigns = new Map<string, CampaignList[number]>();
  try {
    for await (const run of client.workflow.list({ query, pageSize: 100 })) {
      const row = rowOf(run);
      if (!campaigns.has(row.campaignId)) campaigns.set(row.campaignId, row);
      if (filter.all !== true && campaigns.size === newest) break;
    }
  } catch (error) {
    if (conditions.length === 0 || !(error instanceof ServiceError)) throw error;
    throw cannotFilter(String((error.cause as { details?: string } | undefined)?.details ?? error.message));
  }
  return [...campaigns.values()];
}

function conditionsOf({ campaign, phase, minAccuracy, selection }: CampaignFilter): string[] {
  const { campaign: id, phase: inPhase, accuracy, selection: by } = searchAttributes;
  return [
    ...(campaign === undefined ? [] : [`${id.name} STARTS_WITH ${quote(campaign)}`]),
    ...(phase === undefined ? [] : [`${inPhase.name} = ${quote(phase)}`]),
    ...(minAccuracy === undefined ? [] : [`${accuracy.name} >= ${minAccuracy}`]),
    ...(selection === undefined ? [] : [`${by.name} = ${quote(selection)}`]),
  ];
}

/** A text of Temporal's list filter. Ids, phases and types are plain words, so a quotation mark can only be a mistake. */
function quote(text: string): string {
  if (/['"\\]/.test(text)) throw new CommandError(`${text} has a quotation mark; give a plain word.`, exitCodes.usage);
  return `'${text}'`;
}

function rowOf(run: WorkflowExecutionInfo): CampaignList[number] {
  const attributes = run.typedSearchAttributes;
  return {
    campaignId: run.workflowId.replace(/^laser-/, ''),
    runId: run.runId,
    status: run.status.name.toLowerCase() as RunStatus,
    phase: attributes.get(searchAttributes.phase) ?? null,
    iteration: attributes.get(searchAttributes.iteration) ?? null,
    rounds: attributes.get(searchAttributes.rounds) ?? null,
    accuracy: attributes.get(searchAttributes.accuracy) ?? null,
    selection: attributes.get(searchAttributes.selection) ?? null,
    rewardModels: attributes.get(searchAttributes.rewardModels) ?? [],
    started: run.startTime.toISOString(),
    ended: run.closeTime?.toISOString() ?? null,
  };
}

function cannotFilter(why: string): CommandError {
  return new CommandError(
    `The Temporal server cannot filter campaigns by their search attributes: ${why}. ` +
      'Register them with its own tools (docs/architecture.md lists them), or list all with `laser status --all`.',
    exitCodes.environment,
  );
}
