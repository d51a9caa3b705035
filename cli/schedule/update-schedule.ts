import { readEnvironment } from '../../config/environment';
import type { ScheduledCampaignInput } from '../../contract/scheduled-campaign';
import { exitCodes, type ExitCode } from '../command-error';
import { connectClient } from '../temporal-client';
import { checkScheduledFile } from './check-scheduled-file';
import { findSchedule } from './find-schedule';
import { refuseSchedule } from './refuse-schedule';
import type { CampaignFlags, TimingFlags } from './schedule-flags';
import { showSchedule } from './show-schedule';
import { timingOfFlags } from './timing-of-flags';

export interface UpdateOptions extends TimingFlags, CampaignFlags {
  file?: string;
  json?: boolean;
}

/** `laser schedule update <schedule>`: times that are given replace all the times there were; the rest stays. */
export async function updateSchedule(scheduleId: string, options: UpdateOptions): Promise<ExitCode> {
  const { times, spec, policies } = timingOfFlags(options);
  const environment = readEnvironment();
  const client = await connectClient(environment);
  const { handle, input } = await findSchedule(client, scheduleId);
  const { seed, continueFrom, gate, file } = options;
  const changed: ScheduledCampaignInput = {
    ...input,
    ...(seed !== undefined && { seed }),
    ...(continueFrom !== undefined && { continueFrom }),
    ...(gate !== undefined && { gate }),
    ...(file !== undefined && { file: await checkScheduledFile(file, environment) }),
  };
  try {
    await handle.update((previous) => {
      const { calendars, intervals, ...rest } = previous.spec;
      const kept = { ...(calendars && { calendars }), ...(intervals && { intervals }) };
      return {
        spec: { ...rest, ...(Object.keys(times).length > 0 ? times : kept), ...spec },
        policies: { ...previous.policies, ...policies },
        state: previous.state,
        action: { ...previous.action, args: [changed] },
      };
    });
  } catch (error) {
    refuseSchedule(scheduleId, error);
  }
  showSchedule(await handle.describe(), [], options.json === true);
  return exitCodes.done;
}
