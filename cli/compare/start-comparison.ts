import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import type { ComparisonInput } from '../../contract/comparison-run';
import { taskQueues } from '../../contract/task-queues';
import type { comparisonWorkflow } from '../../workflows';
import { searchAttributes } from '../../workflows/search-attributes';
import { workflowIdOf } from '../campaign-id';
import { CommandError, exitCodes } from '../command-error';
import { registerSearchAttributes } from '../register-search-attributes';

export interface StartedComparison {
  handle: WorkflowHandle<typeof comparisonWorkflow>;
  runId: string;
  /** It was running already, with the same plan. */
  attached: boolean;
}

/** Starts a comparison, or joins it if the very same one runs. One that is over is run again, and re-uses its recorded steps. */
export async function startComparison(
  client: Client,
  input: Omit<ComparisonInput, 'searchable' | 'progress'>,
): Promise<StartedComparison> {
  const { comparisonId, plan, strategies, seeds } = input;
  const workflowId = workflowIdOf(comparisonId);
  const searchable = await registerSearchAttributes(client);
  try {
    const handle = await client.workflow.start<typeof comparisonWorkflow>('comparisonWorkflow', {
      workflowId,
      taskQueue: taskQueues.control,
      args: [{ ...input, searchable }],
      ...(searchable && { typedSearchAttributes: [{ key: searchAttributes.comparison, value: comparisonId }] }),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      memo: { configuration: plan.sha256 },
      staticSummary: `comparison of ${strategies.length} strategies × ${seeds.length} seeds`,
    });
    return { handle, runId: handle.firstExecutionRunId, attached: false };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  const handle = client.workflow.getHandle<typeof comparisonWorkflow>(workflowId);
  const { memo, runId, type } = await handle.describe();
  if (memo?.['configuration'] === plan.sha256) return { handle, runId, attached: true };
  const what = type === 'comparisonWorkflow' ? 'with another configuration' : 'as a campaign';
  throw new CommandError(
    `${comparisonId} is running ${what}. Stop it first (\`laser stop ${comparisonId}\`), or give this comparison another name.`,
    exitCodes.usage,
  );
}
