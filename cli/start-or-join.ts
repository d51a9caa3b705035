import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import type { SearchAttributePair, Workflow } from '@temporalio/common';
import { taskQueues } from '../contract/task-queues';
import { workflowIdOf } from './campaign-id';
import { CommandError, exitCodes } from './command-error';
import { registerSearchAttributes } from './register-search-attributes';

interface Starting<Run extends Workflow> {
  id: string;
  /** Name of the workflow. */
  type: string;
  /** `comparison`, `best-of-n`. */
  what: string;
  /** The input; `searchable` says whether the namespace knows our search attributes. */
  input: (searchable: boolean) => Parameters<Run>[0];
  /** Hash of all that the run is determined by. */
  configuration: string;
  attributes: SearchAttributePair[];
  summary: string;
}

export interface Started<Run extends Workflow> {
  handle: WorkflowHandle<Run>;
  runId: string;
  /** It was running already, with the same configuration. */
  attached: boolean;
}

/** Starts a workflow, or joins it if the very same one runs. One that is over is run again, and re-uses its recorded steps. */
export async function startOrJoin<Run extends Workflow>(
  client: Client,
  starting: Starting<Run>,
): Promise<Started<Run>> {
  const { id, type, what, input, configuration, attributes, summary } = starting;
  const workflowId = workflowIdOf(id);
  const searchable = await registerSearchAttributes(client);
  try {
    const handle = await client.workflow.start(type, {
      workflowId,
      taskQueue: taskQueues.control,
      args: [input(searchable)],
      ...(searchable && { typedSearchAttributes: attributes }),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      memo: { configuration },
      staticSummary: summary,
    });
    return { handle: client.workflow.getHandle<Run>(workflowId), runId: handle.firstExecutionRunId, attached: false };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  const handle = client.workflow.getHandle<Run>(workflowId);
  const running = await handle.describe();
  if (running.memo?.['configuration'] === configuration) return { handle, runId: running.runId, attached: true };
  const kind = running.type === type ? 'with another configuration' : `as something else (${running.type})`;
  throw new CommandError(
    `${id} is running ${kind}. Stop it first (\`laser stop ${id}\`), or give this ${what} another name.`,
    exitCodes.usage,
  );
}
