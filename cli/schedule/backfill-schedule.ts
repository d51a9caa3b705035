import { CommandError, exitCodes, type ExitCode } from '../command-error';
import { actOnSchedule } from './act-on-schedule';
import type { Overlap } from './schedule-flags';
import { overlapPolicy } from './timing-of-flags';

export interface BackfillFlags {
  from: string;
  to: string;
  overlap: Overlap;
}

/** `laser schedule backfill <schedule> --from <time> --to <time>` */
export function backfillSchedule(scheduleId: string, options: BackfillFlags & { json?: boolean }): Promise<ExitCode> {
  const start = parseTime('--from', options.from);
  const end = parseTime('--to', options.to);
  if (start > end) throw new CommandError('--from is later than --to; exchange them.', exitCodes.usage);
  return actOnSchedule(scheduleId, options, async ({ handle }) => {
    await handle.backfill({ start, end, overlap: overlapPolicy(options.overlap) });
    return `Schedule ${scheduleId} runs for its times from ${start.toISOString()} to ${end.toISOString()}.`;
  });
}

function parseTime(option: string, text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new CommandError(`${option} ${text} is no time. Give one such as 2026-11-01T00:00Z.`, exitCodes.usage);
  }
  return time;
}
