import { defaultPayloadConverter } from '@temporalio/common';
import { z } from 'zod';
import { artifactRef, type ArtifactRef } from '../../contract/artifact';
import type { RetriedStep } from '../../contract/campaign-report';
import { timeOf, type HistoryEvent } from './history-event';
import { retriedLocalSteps } from './retried-local-steps';
import { retriedSteps } from './retried-steps';

export interface WorkflowRun {
  workflowId: string;
  runId: string;
}

/** What a report needs of one run's history. */
export interface HistoryFacts {
  workflowType: string | null;
  startedAt: string;
  /** What the run was started with. */
  input: unknown;
  /** Of the same workflow, where it went on from another run, or another went on from it. */
  previousRunId: string | null;
  nextRunId: string | null;
  isOver: boolean;
  children: WorkflowRun[];
  retries: RetriedStep[];
  workflowTaskFaults: number;
  /** Newest links that the run wrote. */
  roundLog: RecordedLink | null;
  checkpoints: RecordedLink | null;
}

export interface RecordedLink {
  at: string;
  ref: ArtifactRef;
}

const recorded = z.object({ roundLog: artifactRef.optional(), checkpoints: artifactRef.optional() });
const localActivity = z.object({ activity_type: z.string() });
/** WorkflowTaskFailedCause of tasks that Temporal fails by design: something came in between, or a reset. */
const byDesign = { unhandledCommand: 1, forceCloseCommand: 17, resetWorkflow: 20, unhandledUpdate: 31 };
const faultless = new Set<number>(Object.values(byDesign));

export function historyFacts(workflowId: string, events: readonly HistoryEvent[]): HistoryFacts {
  const [first, last] = [events.at(0), events.at(-1)];
  const started = first?.workflowExecutionStartedEventAttributes;
  const payload = started?.input?.payloads?.[0];
  return {
    workflowType: started?.workflowType?.name ?? null,
    startedAt: first ? timeOf(first) : new Date(0).toISOString(),
    input: payload ? defaultPayloadConverter.fromPayload(payload) : null,
    previousRunId: started?.continuedExecutionRunId || null,
    nextRunId: last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId || null,
    isOver: last !== undefined && isEnd(last),
    children: events.flatMap(childOf),
    retries: [...retriedSteps(workflowId, events), ...retriedLocalSteps(workflowId, events)],
    workflowTaskFaults: events.filter(isTaskFault).length,
    roundLog: newestLink(events, 'recordRound', 'roundLog'),
    checkpoints: newestLink(events, 'recordCheckpoint', 'checkpoints'),
  };
}

function isEnd(event: HistoryEvent): boolean {
  return Boolean(
    event.workflowExecutionCompletedEventAttributes ??
    event.workflowExecutionFailedEventAttributes ??
    event.workflowExecutionCanceledEventAttributes ??
    event.workflowExecutionTerminatedEventAttributes ??
    event.workflowExecutionTimedOutEventAttributes ??
    event.workflowExecutionContinuedAsNewEventAttributes,
  );
}

function childOf({ childWorkflowExecutionStartedEventAttributes: started }: HistoryEvent): WorkflowRun[] {
  const { workflowId, runId } = started?.workflowExecution ?? {};
  return workflowId && runId ? [{ workflowId, runId }] : [];
}

function isTaskFault(event: HistoryEvent): boolean {
  const failed = event.workflowTaskFailedEventAttributes;
  return failed ? !faultless.has(failed.cause ?? 0) : Boolean(event.workflowTaskTimedOutEventAttributes);
}

/** By the markers of the local activities that write the logs: their results are in the history, and nowhere else in it. */
function newestLink(
  events: readonly HistoryEvent[],
  activity: string,
  result: keyof z.infer<typeof recorded>,
): RecordedLink | null {
  for (const event of events.toReversed()) {
    const details = event.markerRecordedEventAttributes?.details;
    const [about, outcome] = [details?.['data']?.payloads?.[0], details?.['result']?.payloads?.[0]];
    if (!about || !outcome) continue;
    const called = localActivity.safeParse(defaultPayloadConverter.fromPayload(about));
    if (called.data?.activity_type !== activity) continue;
    const ref = recorded.safeParse(defaultPayloadConverter.fromPayload(outcome)).data?.[result];
    if (ref) return { at: timeOf(event), ref };
  }
  return null;
}
