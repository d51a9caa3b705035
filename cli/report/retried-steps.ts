import type { RetriedStep } from '../../contract/campaign-report';
import { timeOf, type HistoryEvent } from './history-event';

interface Failure {
  message?: string | null;
  cause?: Failure | null;
  applicationFailureInfo?: { type?: string | null } | null;
}

/** The activities of a history that needed more than one attempt, or failed. */
export function retriedSteps(workflowId: string, events: readonly HistoryEvent[]): RetriedStep[] {
  const names = new Map<string, string>();
  const started = new Map<string, { attempt: number; lastFailure: Failure | null; at: string }>();
  const steps: RetriedStep[] = [];
  for (const event of events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) names.set(String(event.eventId), scheduled.activityId ?? scheduled.activityType?.name ?? 'activity');
    const start = event.activityTaskStartedEventAttributes;
    if (start) {
      started.set(String(start.scheduledEventId), {
        attempt: start.attempt ?? 1,
        lastFailure: start.lastFailure ?? null,
        at: timeOf(event),
      });
    }
    const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
    const closed = event.activityTaskCompletedEventAttributes ?? event.activityTaskCanceledEventAttributes ?? failed;
    if (!closed) continue;
    const id = String(closed.scheduledEventId);
    const { attempt, lastFailure, at } = started.get(id) ?? { attempt: 1, lastFailure: null, at: timeOf(event) };
    const failedAttempts = failed ? attempt : attempt - 1;
    if (failedAttempts === 0) continue;
    steps.push({
      workflowId,
      step: names.get(id) ?? 'activity',
      failedAttempts,
      lastFailure: describeAttempt(failed?.failure ?? lastFailure),
      at,
      outcome: event.activityTaskCompletedEventAttributes ? 'survived' : 'failed',
    });
  }
  return steps;
}

/** The innermost cause and its type. */
export function describeAttempt(failure: Failure | null | undefined): string {
  let root = failure;
  while (root?.cause) root = root.cause;
  const type = root?.applicationFailureInfo?.type;
  const message = root?.message ?? 'no failure was recorded';
  return type ? `${message} (${type})` : message;
}
