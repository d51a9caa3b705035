import type { ExitCode } from '../command-error';
import { actOnSchedule } from './act-on-schedule';

/** `laser schedule pause <schedule>` */
export function pauseSchedule(scheduleId: string, options: { note?: string; json?: boolean }): Promise<ExitCode> {
  return actOnSchedule(scheduleId, options, async ({ handle }) => {
    await handle.pause(options.note ?? 'paused with laser schedule pause');
    return `Schedule ${scheduleId} is paused; a run under way goes on.`;
  });
}
