import {
  proxyActivities,
  proxyLocalActivities,
  type ActivityInterfaceFor,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { Durability } from '../contract/campaign';
import {
  defaultHeartbeatTimeoutSeconds,
  defaultStepLimits,
  type StepKind,
  type StepLimits,
} from '../contract/default-step-limits';
import { taskQueues } from '../contract/task-queues';
import type { TrainerActivities } from '../contract/training';

interface CallOptions {
  /** Names iteration, round, step and decision: replay refuses a history with another one. */
  activityId: string;
  /** What the Temporal UI shows on the bar. */
  summary: string;
  /** The campaign's; absent before the campaign is known. */
  durability?: Durability;
}

/** Calls to a generation or embedding server. */
export const generation = (call: CallOptions) => proxy<Activities>('generate', taskQueues.generate, call);
export const publishing = (call: CallOptions) => proxy<Activities>('publish', taskQueues.generate, call);
export const evaluating = (call: CallOptions) => proxy<Activities>('evaluate', taskQueues.generate, call);
/** Calls to one reward model's server, on a queue of its own. */
export const scoring = ({ taskQueue, ...call }: CallOptions & { taskQueue: string }) =>
  proxy<Activities>('score', taskQueue, call);
export const trainer = (call: CallOptions) => proxy<TrainerActivities>('train', taskQueues.train, call);
/** Reads and writes the store. */
export const control = (call: CallOptions) => proxy<Activities>('control', taskQueues.control, call);

/** Short pure steps, in the workflow's own worker: one event each, recorded all the same. */
export const local = proxyLocalActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '200ms', maximumAttempts: 10 },
});

function proxy<A extends object>(
  kind: StepKind,
  taskQueue: string,
  { activityId, summary, durability }: CallOptions,
): ActivityInterfaceFor<A> {
  return proxyActivities<A>({ ...optionsOf(kind, durability), taskQueue, activityId, summary });
}

/**
 * Temporal's options for a kind of step. Permanent failures are thrown as non-retryable by the activities. A campaign
 * that was started before its file could hold limits has none, and runs with the defaults.
 */
function optionsOf(kind: StepKind, durability: Durability | undefined): ActivityOptions {
  const limits: StepLimits = durability?.steps?.[kind] ?? defaultStepLimits[kind];
  const heartbeat =
    limits.heartbeatTimeoutSeconds ?? durability?.heartbeatTimeoutSeconds ?? defaultHeartbeatTimeoutSeconds;
  return {
    startToCloseTimeout: limits.startToCloseTimeoutSeconds * 1000,
    heartbeatTimeout: heartbeat * 1000,
    retry: {
      maximumAttempts: limits.maximumAttempts,
      initialInterval: limits.initialIntervalSeconds * 1000,
      backoffCoefficient: limits.backoffCoefficient,
      maximumInterval: limits.maximumIntervalSeconds * 1000,
    },
  };
}
