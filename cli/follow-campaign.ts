import { setTimeout as delay } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { WatchLine } from '../contract/cli-output/campaign';
import type { CampaignResult, CampaignState, RoundSummary } from '../contract/campaign-run';
import type { campaignWorkflow } from '../workflows';
import { recentRoundsQuery } from '../workflows/messages';
import { isOver } from './is-over';
import { queryState } from './query-state';

const pollMilliseconds = 300;

/** Tells of each round and each measured accuracy as they come, and of the progress when it changes, to the campaign's end. */
export async function followCampaign(
  client: Client,
  handle: WorkflowHandle<typeof campaignWorkflow>,
  onLine: (line: WatchLine) => void,
  signal: AbortSignal,
): Promise<CampaignResult> {
  let toldEvaluation = -1;
  let followed = 1;
  let toldRound = 0;
  let toldRounds = 0;
  let progress = '';
  for (;;) {
    signal.throwIfAborted();
    const { status } = await handle.describe();
    const state = await queryState(handle);
    if (state) {
      const reachable = Math.max(state.iteration, state.runningIteration ?? 0);
      for (; followed <= reachable; followed += 1, toldRound = 0) {
        tellRounds(await queryRounds(client, handle.workflowId, followed), state);
        if (followed > state.iteration) break;
      }
      for (const evaluation of state.evaluations.filter(({ iteration }) => iteration > toldEvaluation)) {
        onLine({ type: 'evaluation', evaluation });
        toldEvaluation = evaluation.iteration;
      }
      tellProgress(state);
    }
    if (isOver(status.name)) return end();
    await delay(pollMilliseconds);
  }

  async function end(): Promise<CampaignResult> {
    try {
      const result = await handle.result();
      onLine({ type: 'end', result });
      return result;
    } catch (error) {
      onLine({ type: 'end', result: null });
      throw error;
    }
  }

  function tellRounds(rounds: RoundSummary[], { roundsPerIteration }: CampaignState): void {
    for (const round of rounds.filter(({ round: number }) => number > toldRound)) {
      onLine({ type: 'round', roundsPerIteration, round });
      toldRound = round.round;
      toldRounds = (round.iteration - 1) * roundsPerIteration + round.round;
    }
  }

  function tellProgress({ phase, iteration, iterations, roundsPerIteration, expectedEnd }: CampaignState): void {
    const rounds = Math.max(toldRounds, iteration * roundsPerIteration);
    const line: WatchLine = { type: 'progress', phase, rounds, ofRounds: iterations * roundsPerIteration, expectedEnd };
    if (JSON.stringify(line) === progress) return;
    progress = JSON.stringify(line);
    onLine(line);
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
