import type { Client, WorkflowHandle } from '@temporalio/client';
import type { CampaignResult, CampaignState, RoundSummary } from '../contract/campaign-run';
import type { campaignWorkflow } from '../workflows';
import { recentRoundsQuery } from '../workflows/messages';
import { accuracyLine, roundLine } from './lines';
import { queryState } from './query-state';

const pollMilliseconds = 300;
const over = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);

/** Prints a line for each round and each measured accuracy as they come, until the campaign is over. */
export async function followCampaign(
  client: Client,
  handle: WorkflowHandle<typeof campaignWorkflow>,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<CampaignResult> {
  let printedEvaluations = 0;
  let followed = 1;
  let printedRound = 0;
  for (;;) {
    signal.throwIfAborted();
    const { status } = await handle.describe();
    const state = await queryState(handle);
    if (state) {
      const reachable = Math.max(state.iteration, state.runningIteration ?? 0);
      for (; followed <= reachable; followed += 1, printedRound = 0) {
        printRounds(await queryRounds(client, handle.workflowId, followed), state);
        if (followed > state.iteration) break;
      }
      for (const evaluation of state.evaluations.slice(printedEvaluations)) print(accuracyLine(evaluation));
      printedEvaluations = state.evaluations.length;
    }
    if (over.has(status.name)) return handle.result();
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }

  function printRounds(rounds: RoundSummary[], state: CampaignState): void {
    for (const round of rounds.filter(({ round: number }) => number > printedRound)) {
      print(roundLine(round, state.roundsPerIteration));
      printedRound = round.round;
    }
  }
}

async function queryRounds(client: Client, workflowId: string, iteration: number): Promise<RoundSummary[]> {
  try {
    return await client.workflow
      .getHandle(`${workflowId}/it-${String(iteration).padStart(2, '0')}`)
      .query(recentRoundsQuery);
  } catch {
    // The iteration has not begun, or no worker answers: the next poll will tell.
    return [];
  }
}
