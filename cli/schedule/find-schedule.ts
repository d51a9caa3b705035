import { ScheduleNotFoundError, type Client, type ScheduleDescription, type ScheduleHandle } from '@temporalio/client';
import type { ScheduledCampaignInput } from '../../contract/scheduled-campaign';
import { CommandError, exitCodes } from '../command-error';
import { scheduledWorkflow } from './scheduled-workflow';

export interface FoundSchedule {
  handle: ScheduleHandle;
  description: ScheduleDescription;
  input: ScheduledCampaignInput;
}

/** A schedule of campaigns by its id. @throws CommandError that names the schedules there are. */
export async function findSchedule(client: Client, scheduleId: string): Promise<FoundSchedule> {
  const handle = client.schedule.getHandle(scheduleId);
  try {
    const description = await handle.describe();
    if (description.action.workflowType === scheduledWorkflow) {
      return { handle, description, input: description.action.args?.[0] as ScheduledCampaignInput };
    }
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
  const known: string[] = [];
  for await (const schedule of client.schedule.list()) {
    if (schedule.action?.workflowType === scheduledWorkflow) known.push(schedule.scheduleId);
  }
  const hint =
    known.length === 0
      ? 'There are none yet; `laser schedule create <schedule> <file>` makes one.'
      : `Known are: ${known.sort().join(', ')}.`;
  throw new CommandError(`There is no schedule "${scheduleId}". ${hint}`, exitCodes.usage);
}
