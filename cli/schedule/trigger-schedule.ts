import type { ExitCode } from '../command-error';
import { actOnSchedule } from './act-on-schedule';
import type { Overlap } from './schedule-flags';
import { overlapPolicy } from './timing-of-flags';

/** `laser schedule trigger <schedule>` */
export function triggerSchedule(scheduleId: string, options: { overlap: Overlap; json?: boolean }): Promise<ExitCode> {
  return actOnSchedule(scheduleId, options, async ({ handle, description }) => {
    await handle.trigger(overlapPolicy(options.overlap));
    const running = description.info.runningActions.length;
    return running === 0
      ? `Schedule ${scheduleId} starts a run now.`
      : `Schedule ${scheduleId} was told to run now; a run is under way, so the overlap policy ${options.overlap} decides.`;
  });
}
