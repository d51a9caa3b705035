import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/common';

/** Why a campaign failed, in a paragraph: which step, what went wrong, what to do. */
export function describeFailure(campaignId: string, error: unknown): string {
  const chain = causes(error);
  const activity = chain.find((cause): cause is ActivityFailure => cause instanceof ActivityFailure);
  const child = chain.find((cause): cause is ChildWorkflowFailure => cause instanceof ChildWorkflowFailure);
  const root = chain.at(-1);
  const type = root instanceof ApplicationFailure && root.type ? ` (${root.type})` : '';
  const where = activity ? ` at step ${activity.activityId ?? activity.activityType}` : '';
  const workflow = child?.execution.workflowId !== undefined ? ` of ${child.execution.workflowId}` : '';
  return (
    `Campaign ${campaignId} failed${where}${workflow}: ${root instanceof Error ? root.message : String(root)}${type}\n` +
    'Every finished step is kept: mend the cause and run the same command again.'
  );
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let next: unknown = error; next !== undefined && next !== null; next = (next as { cause?: unknown }).cause) {
    chain.push(next);
  }
  return chain;
}
