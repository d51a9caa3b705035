import type { ExitCode } from '../command-error';
import { actOnSchedule } from './act-on-schedule';

/** `laser schedule unpause <schedule>` */
export function unpauseSchedule(scheduleId: string, options: { note?: string; json?: boolean }): Promise<ExitCode> {
  return actOnSchedule(scheduleId, options, async ({ handle }) => {
    await handle.unpause(options.note ?? 'unpaused with laser schedule unpause');
    const next = (await handle.describe()).info.nextActionTimes[0];
    return `Schedule ${scheduleId} goes on${next ? `; it runs next at ${next.toISOString()}` : ''}.`;
  });
}
