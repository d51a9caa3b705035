import { z } from 'zod';
import { artifactRef } from './artifact';

export const campaignEventType = z.enum([
  'started',
  'iterationFinished',
  'paused',
  'resumed',
  'stopRequested',
  'settingsChanged',
  'rewardModelAdded',
  'rewardModelRemoved',
  'rewardModelMasked',
  'rewardModelUnmasked',
  'approvalAwaited',
  'approved',
  'rejected',
  'regressed',
  'rewardMisleads',
  'budgetReached',
  'finished',
  'stopped',
  'failed',
]);

/** Something that happened to a campaign, beside its rounds. */
export const campaignEvent = z.strictObject({
  at: z.iso.datetime().describe('Time of the workflow, UTC.'),
  type: campaignEventType,
  iteration: z.int().nonnegative(),
  by: z.string().nullable().describe('Who asked for it; null for what the campaign does of itself.'),
  why: z.string().nullable(),
  message: z.string().min(1),
});
export type CampaignEvent = z.infer<typeof campaignEvent>;

/** One link of the event log: the newest event, and the log before it. Adding one costs the same however long the log is. */
export const eventLogLink = z.strictObject({ event: campaignEvent, previous: artifactRef.nullable() });
export type EventLogLink = z.infer<typeof eventLogLink>;
