import { defaultPayloadConverter } from '@temporalio/common';
import { z } from 'zod';
import type { RetriedStep } from '../../contract/campaign-report';
import { timeOf, type HistoryEvent } from './history-event';
import { describeAttempt } from './retried-steps';

/** What the SDK writes of a local activity; `backoff` where a further attempt follows, with a marker of its own. */
const marker = z.object({ activity_type: z.string(), attempt: z.number(), backoff: z.unknown() });

/** The local activities of a history that needed more than one attempt, or failed; earlier failures are not recorded. */
export function retriedLocalSteps(workflowId: string, events: readonly HistoryEvent[]): RetriedStep[] {
  return events.flatMap((event): RetriedStep[] => {
    const recorded = event.markerRecordedEventAttributes;
    const about = recorded?.details?.['data']?.payloads?.[0];
    if (!recorded || !about || recorded.markerName !== 'core_local_activity') return [];
    const { data } = marker.safeParse(defaultPayloadConverter.fromPayload(about));
    if (!data || (data.backoff ?? null) !== null) return [];
    const failedAttempts = recorded.failure ? data.attempt : data.attempt - 1;
    if (failedAttempts === 0) return [];
    return [
      {
        ...{ workflowId, step: data.activity_type, failedAttempts, at: timeOf(event) },
        lastFailure: describeAttempt(recorded.failure),
        outcome: recorded.failure ? 'failed' : 'survived',
      },
    ];
  });
}
