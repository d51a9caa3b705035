import { setTimeout as delay } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { ComparedRun, ComparisonOutcome } from '../../contract/comparison-run';
import type { campaignWorkflow, comparisonWorkflow } from '../../workflows';
import { workflowIdOf } from '../campaign-id';
import { isOver } from '../is-over';
import { accuracyLine } from '../lines';
import { queryState } from '../query-state';
import { queryComparison } from './query-comparison';
import { runLine } from './run-line';

const pollMilliseconds = 1000;

/** Tells of each campaign that begins or ends, and of each policy that is measured, to the comparison's end. */
export async function followComparison(
  client: Client,
  handle: WorkflowHandle<typeof comparisonWorkflow>,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<ComparisonOutcome> {
  const told = new Map<string, string>();
  const measured = new Map<string, number>();
  for (;;) {
    signal.throwIfAborted();
    const { status } = await handle.describe();
    const state = await queryComparison(handle);
    for (const run of state?.runs ?? []) {
      if (run.status === 'running') await tellPolicies(run);
      if (run.status === 'waiting' || told.get(run.campaignId) === run.status) continue;
      told.set(run.campaignId, run.status);
      say(runLine(run, state?.runs ?? []));
    }
    if (isOver(status.name)) return handle.result();
    await delay(pollMilliseconds);
  }

  async function tellPolicies({ campaignId, strategy, seed }: ComparedRun): Promise<void> {
    const campaign = client.workflow.getHandle<typeof campaignWorkflow>(workflowIdOf(campaignId));
    const evaluations = (await queryState(campaign))?.evaluations ?? [];
    // The first policy is the same for all.
    for (const evaluation of evaluations.filter(({ iteration }) => iteration > (measured.get(campaignId) ?? 0))) {
      measured.set(campaignId, evaluation.iteration);
      say(`  ${strategy}, seed ${seed}: ${accuracyLine(evaluation)}`);
    }
  }
}
