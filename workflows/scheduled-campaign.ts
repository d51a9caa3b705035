import { defineSearchAttributeKey } from '@temporalio/common';
import { makeContinueAsNewFunc, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { ScheduledCampaignInput } from '../contract/scheduled-campaign';
import { control } from './activity-proxies';
import type { campaignWorkflow } from './campaign';
import { fixedAttributes } from './search-attributes';

/** Set by Temporal on what a schedule starts: the time it was due, before jitter. */
const scheduledStartTime = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/**
 * A run of a schedule: finds out what it is to train from what, and goes on as that campaign in the same chain. So it is
 * a campaign like any other, with the id that Temporal made of the schedule's id and the time.
 */
export async function scheduledCampaignWorkflow(input: ScheduledCampaignInput): Promise<never> {
  const { searchable, ...run } = input;
  const { workflowId, startTime, typedSearchAttributes } = workflowInfo();
  const campaignId = workflowId.replace(/^laser-/, '');
  const scheduledTime = typedSearchAttributes.get(scheduledStartTime) ?? startTime;
  const { campaign, start } = await control({
    activityId: 'resolve-scheduled-campaign',
    summary: `${run.scheduleId} · ${scheduledTime.toISOString()}`,
  }).resolveScheduledCampaign({ ...run, scheduledTime: scheduledTime.toISOString() });
  if (searchable) upsertSearchAttributes(fixedAttributes(campaignId, campaign));
  return makeContinueAsNewFunc<typeof campaignWorkflow>({ workflowType: 'campaignWorkflow' })({
    campaignId,
    campaign,
    searchable,
    gate: run.gate,
    ...(start && { start }),
  });
}
