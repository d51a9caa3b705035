import { readEnvironment } from '../../config/environment';
import { exitCodes, type ExitCode } from '../command-error';
import { connectClient } from '../temporal-client';
import { findSchedule, type FoundSchedule } from './find-schedule';

/** Finds a schedule, does something to it, and prints what that means. */
export async function actOnSchedule(
  scheduleId: string,
  { json }: { json?: boolean },
  act: (found: FoundSchedule) => Promise<string>,
): Promise<ExitCode> {
  const message = await act(await findSchedule(await connectClient(readEnvironment()), scheduleId));
  process.stdout.write(json === true ? `${JSON.stringify({ scheduleId, message })}\n` : `${message}\n`);
  return exitCodes.done;
}
