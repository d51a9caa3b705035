import { ScheduleAlreadyRunning } from '@temporalio/client';
import { CommandError, exitCodes } from '../command-error';

const invalidArgument = 3;

/** What the server said of a schedule that it does not take, as wrong usage; any other error as it is. */
export function refuseSchedule(scheduleId: string, error: unknown): never {
  if (error instanceof ScheduleAlreadyRunning) {
    const message = `There is a schedule "${scheduleId}" already; change it with \`laser schedule update\`, or delete it first.`;
    throw new CommandError(message, exitCodes.usage);
  }
  const { cause } = error as { cause?: { code?: number; details?: string } };
  const details =
    error instanceof TypeError ? error.message : cause?.code === invalidArgument ? cause.details : undefined;
  if (details === undefined) throw error;
  throw new CommandError(
    `The times of schedule "${scheduleId}" are refused: ${details}. ` +
      'A cron expression has 5 to 7 fields ("0 3 * * *"), a time zone is an IANA name (Europe/Berlin).',
    exitCodes.usage,
  );
}
