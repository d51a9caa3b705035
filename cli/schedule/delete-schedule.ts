import type { ExitCode } from '../command-error';
import { actOnSchedule } from './act-on-schedule';

/** `laser schedule delete <schedule>` */
export function deleteSchedule(scheduleId: string, options: { json?: boolean }): Promise<ExitCode> {
  return actOnSchedule(scheduleId, options, async ({ handle }) => {
    await handle.delete();
    return `Schedule ${scheduleId} is deleted; its campaigns stay, and a run under way goes on.`;
  });
}
