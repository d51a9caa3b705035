import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface RecordedEvent {
  eventType: string;
  [attributes: string]: unknown;
}

export interface RecordedHistory {
  name: string;
  workflowId: string;
  history: { events: RecordedEvent[] };
}

/** The histories that `npm run record-histories` recorded from a real campaign. */
export function recordedHistories(): RecordedHistory[] {
  const folder = join(__dirname, 'histories');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      name,
      workflowId: name.replace(/\.run-\d+\.json$/, '').replace('.', '/'),
      history: JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordedHistory['history'],
    }));
}

/** Sizes in bytes of all payloads in a history. */
export function payloadSizes(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(payloadSizes);
  if (typeof value !== 'object' || value === null) return [];
  const { data, metadata } = value as { data?: unknown; metadata?: unknown };
  if (typeof data === 'string' && metadata !== undefined) return [Buffer.from(data, 'base64').byteLength];
  return Object.values(value).flatMap(payloadSizes);
}

export function activityIds({ history }: RecordedHistory): string[] {
  return history.events.flatMap((event) => {
    const attributes = event['activityTaskScheduledEventAttributes'] as { activityId: string } | undefined;
    return attributes ? [attributes.activityId] : [];
  });
}

/** The same history, but where the bandit chose one reward model it now says another. */
export function withOtherDecision(
  history: RecordedHistory['history'],
  from: string,
  to: string,
): RecordedHistory['history'] {
  const swap = (value: unknown, key?: string): unknown => {
    if (typeof value === 'string') {
      if (key !== 'data') return value;
      const text = Buffer.from(value, 'base64').toString('utf8');
      return Buffer.from(text.replace(`"rewardModelId":"${from}"`, `"rewardModelId":"${to}"`)).toString('base64');
    }
    if (Array.isArray(value)) return value.map((item) => swap(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, swap(item, name)]));
  };
  return {
    events: history.events.map((event) =>
      event.eventType === 'EVENT_TYPE_MARKER_RECORDED' ? (swap(event) as RecordedEvent) : event,
    ),
  };
}
