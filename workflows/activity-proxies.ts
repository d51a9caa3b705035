import {
  proxyActivities,
  proxyLocalActivities,
  type ActivityInterfaceFor,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { TrainerActivities } from '../contract/training';
import { taskQueues } from '../contract/task-queues';

/*
 * Timeouts and retries, set for each kind of work (docs/architecture.md has the reasons):
 * - startToClose bounds one attempt; the heartbeat notices a dead worker long before that.
 * - Retries go on for about an hour and a half of outage of a server, then the campaign fails and can be run again.
 * - Permanent failures are thrown as non-retryable by the activities; unknown ones are retried a few times.
 */
const serverRetry = {
  initialInterval: '1s',
  backoffCoefficient: 2,
  maximumInterval: '1m',
  maximumAttempts: 100,
} as const;

const kinds = {
  /** Calls to a generation or embedding server. */
  generate: { taskQueue: taskQueues.generate, startToCloseTimeout: '2h', retry: serverRetry },
  /** Calls to one reward model's server; the queue is set by call. */
  score: { startToCloseTimeout: '2h', retry: serverRetry },
  /** One training step. A crash (out of memory, a lost machine) is tried again a few times only. */
  train: {
    taskQueue: taskQueues.train,
    startToCloseTimeout: '6h',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 8 },
  },
  /** Reads and writes the store. */
  control: {
    taskQueue: taskQueues.control,
    startToCloseTimeout: '30m',
    retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 20 },
  },
} satisfies Record<string, ActivityOptions>;

interface CallOptions {
  /** Names iteration, round, step and decision: replay refuses a history with another one. */
  activityId: string;
  /** What the Temporal UI shows on the bar. */
  summary: string;
  /** None for work on the store alone. */
  heartbeatTimeoutSeconds?: number;
  taskQueue?: string;
}

function proxy<A extends object>(kind: keyof typeof kinds, call: CallOptions): ActivityInterfaceFor<A> {
  const { activityId, summary, heartbeatTimeoutSeconds, taskQueue } = call;
  return proxyActivities<A>({
    ...kinds[kind],
    ...(taskQueue !== undefined && { taskQueue }),
    ...(heartbeatTimeoutSeconds !== undefined && { heartbeatTimeout: heartbeatTimeoutSeconds * 1000 }),
    activityId,
    summary,
  });
}

export const generation = (call: CallOptions) => proxy<Activities>('generate', call);
export const scoring = (call: CallOptions & { taskQueue: string }) => proxy<Activities>('score', call);
export const trainer = (call: CallOptions) => proxy<TrainerActivities>('train', call);
export const control = (call: CallOptions) => proxy<Activities>('control', call);

/** Short pure steps, in the workflow's own worker: one event each, recorded all the same. */
export const local = proxyLocalActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '200ms', maximumAttempts: 10 },
});
