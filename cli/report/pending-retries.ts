import type { Client } from '@temporalio/client';
import type { RetriedStep } from '../../contract/campaign-report';
import { isoTime } from './history-event';
import { describeAttempt } from './retried-steps';

/** Steps of a running workflow whose last attempt failed, and that wait for the next or are at it. */
export async function pendingRetries(client: Client, workflowId: string): Promise<RetriedStep[]> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  return (raw.pendingActivities ?? []).flatMap(
    ({ activityId, attempt, lastFailure, lastStartedTime, scheduledTime }): RetriedStep[] =>
      (attempt ?? 1) > 1
        ? [
            {
              workflowId,
              step: activityId ?? 'activity',
              failedAttempts: (attempt ?? 1) - 1,
              lastFailure: describeAttempt(lastFailure),
              at: isoTime(lastStartedTime ?? scheduledTime),
              outcome: 'pending',
            },
          ]
        : [],
  );
}
