import type { ScheduleSpecDescription } from '@temporalio/client';

/** When a schedule fires, in the words of the one who made it where they are known. */
export function timesOf({ calendars = [], intervals = [] }: Partial<ScheduleSpecDescription>): string[] {
  return [
    ...calendars.map((calendar) => calendar.comment ?? JSON.stringify(calendar)),
    ...intervals.map(({ every }) => `every ${every / 1000} s`),
  ];
}
