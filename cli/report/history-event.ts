import type { WorkflowHandle } from '@temporalio/client';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];

interface Timestamp {
  seconds?: unknown;
  nanos?: number | null;
}

/** When an event happened, ISO 8601 in UTC. */
export function timeOf({ eventTime }: HistoryEvent): string {
  return isoTime(eventTime);
}

export function isoTime(timestamp: Timestamp | null | undefined): string {
  return new Date(1000 * Number(timestamp?.seconds ?? 0) + Math.floor((timestamp?.nanos ?? 0) / 1e6)).toISOString();
}
