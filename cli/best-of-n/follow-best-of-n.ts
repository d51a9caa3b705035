import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { BestOfNOutcome } from '../../contract/best-of-n-run';
import type { bestOfNWorkflow } from '../../workflows';
import { isOver } from '../is-over';
import { queryBestOfN } from './query-best-of-n';
import { splitLine } from './split-line';

const pollMilliseconds = 500;

/** Tells how far the prompts are as it changes, to the end. */
export async function followBestOfN(
  handle: WorkflowHandle<typeof bestOfNWorkflow>,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<BestOfNOutcome> {
  const told = new Map<string, number>();
  for (;;) {
    signal.throwIfAborted();
    const { status } = await handle.describe();
    const state = await queryBestOfN(handle);
    for (const split of ['learn', 'test'] as const) {
      const totals = state?.[split];
      if (!state || !totals || totals.chunks === (told.get(split) ?? 0)) continue;
      told.set(split, totals.chunks);
      say(splitLine(split, totals, state.metric));
    }
    if (isOver(status.name)) return handle.result();
    await delay(pollMilliseconds);
  }
}
