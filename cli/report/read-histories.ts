import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import pLimit from 'p-limit';
import type { CampaignInput } from '../../contract/campaign-run';
import { CommandError, exitCodes } from '../command-error';
import { historyFacts, type HistoryFacts, type RecordedLink, type WorkflowRun } from './history-facts';

/** What the histories of a campaign say, all runs of it and of its iterations taken together. */
export interface CampaignHistories extends Pick<HistoryFacts, 'retries' | 'workflowTaskFaults' | 'startedAt'> {
  input: CampaignInput;
  roundLog: RecordedLink | null;
  checkpoints: RecordedLink | null;
  /** Workflow ids of the iterations that have not ended. */
  runningChildren: string[];
  /** Runs that the namespace no longer keeps. */
  forgottenRuns: number;
}

const parallelReads = 4;

/** From the newest run back to the first, then every iteration from its first run to its newest. @throws CommandError */
export async function readHistories(client: Client, newest: WorkflowRun): Promise<CampaignHistories> {
  let forgottenRuns = 0;
  const campaign = await readChain(newest, ({ previousRunId }) => previousRunId);
  const limit = pLimit(parallelReads);
  const children = campaign.flatMap((facts) => facts.children);
  const iterations = await Promise.all(
    children.map((child) => limit(() => readChain(child, ({ nextRunId }) => nextRunId))),
  );
  const all = [...campaign, ...iterations.flat()];
  const started = campaign.find(({ workflowType, input }) => workflowType === 'campaignWorkflow' && input !== null);
  if (!started) {
    const message = `${newest.workflowId} is no campaign that has begun, so there is nothing to report. \`laser status --all\` lists the campaigns.`;
    throw new CommandError(message, exitCodes.usage);
  }
  return {
    input: started.input as CampaignInput,
    startedAt: campaign.map(({ startedAt }) => startedAt).sort()[0] ?? started.startedAt,
    retries: all.flatMap(({ retries }) => retries).sort((left, right) => (left.at < right.at ? -1 : 1)),
    workflowTaskFaults: all.reduce((sum, facts) => sum + facts.workflowTaskFaults, 0),
    roundLog: newestOf(all.map(({ roundLog }) => roundLog)),
    checkpoints: newestOf(all.map(({ checkpoints }) => checkpoints)),
    runningChildren: iterations.flatMap((chain, index) =>
      chain.at(-1)?.isOver === false ? [children[index]!.workflowId] : [],
    ),
    forgottenRuns,
  };

  async function readChain(
    from: WorkflowRun,
    following: (facts: HistoryFacts) => string | null,
  ): Promise<HistoryFacts[]> {
    const chain: HistoryFacts[] = [];
    for (let runId: string | null = from.runId; runId !== null;) {
      const facts: HistoryFacts | null = await readRun({ workflowId: from.workflowId, runId });
      if (!facts) break;
      chain.push(facts);
      runId = following(facts);
    }
    return chain;
  }

  async function readRun({ workflowId, runId }: WorkflowRun): Promise<HistoryFacts | null> {
    try {
      const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      return historyFacts(workflowId, events ?? []);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      forgottenRuns += 1;
      return null;
    }
  }
}

function newestOf(links: readonly (RecordedLink | null)[]): RecordedLink | null {
  return links.reduce((newest, link) => (link && (!newest || link.at > newest.at) ? link : newest), null);
}
