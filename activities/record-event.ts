import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import { campaignEvent, eventLogLink } from '../contract/campaign-event';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({ eventLog: artifactRef.nullable(), event: campaignEvent });
export type RecordEventInput = z.infer<typeof input>;

/** Adds an event to the campaign's event log. */
export async function recordEvent({ store }: ActivityDependencies, raw: RecordEventInput) {
  const { eventLog: previous, event } = input.parse(raw);
  return { eventLog: await store.putJson(eventLogLink.parse({ event, previous })) };
}
