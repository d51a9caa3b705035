import type { ScheduleOptions, ScheduleOverlapPolicy, ScheduleSpec } from '@temporalio/client';
import { parseCalendar } from './parse-calendar';
import { parseDuration } from './parse-duration';
import type { Overlap, TimingFlags } from './schedule-flags';

interface Timing {
  /** Empty where the flags name no time. */
  times: Pick<ScheduleSpec, 'cronExpressions' | 'calendars' | 'intervals'>;
  spec: Pick<ScheduleSpec, 'timezone' | 'jitter'>;
  policies: NonNullable<ScheduleOptions['policies']>;
}

/** What of a schedule the flags set; nothing else is in it. @throws CommandError */
export function timingOfFlags(flags: TimingFlags): Timing {
  const { cron, calendar, every, timeZone, jitter, overlap, catchUp, pauseOnFailure } = flags;
  return {
    times: {
      ...(cron && { cronExpressions: cron.map(withComment) }),
      ...(calendar && { calendars: calendar.map(parseCalendar) }),
      ...(every !== undefined && { intervals: [{ every: parseDuration('--every', every) }] }),
    },
    spec: {
      ...(timeZone !== undefined && { timezone: timeZone }),
      ...(jitter !== undefined && { jitter: parseDuration('--jitter', jitter) }),
    },
    policies: {
      ...(overlap !== undefined && { overlap: overlapPolicy(overlap) }),
      ...(catchUp !== undefined && { catchupWindow: parseDuration('--catch-up', catchUp) }),
      ...(pauseOnFailure !== undefined && { pauseOnFailure }),
    },
  };
}

export function overlapPolicy(overlap: Overlap): ScheduleOverlapPolicy {
  return overlap.toUpperCase().replace('-', '_') as ScheduleOverlapPolicy;
}

/** The server turns a cron expression into a calendar and keeps only its comment, so that is where it goes to be shown. */
function withComment(cron: string): string {
  return cron.includes('#') ? cron : `${cron} # ${cron}`;
}
