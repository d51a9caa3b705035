import { readEnvironment } from '../../config/environment';
import { exitCodes, type ExitCode } from '../command-error';
import { connectClient } from '../temporal-client';
import { findSchedule } from './find-schedule';
import { runsOfSchedule } from './runs-of-schedule';
import { showSchedule } from './show-schedule';

/** `laser schedule describe <schedule>` */
export async function describeSchedule(scheduleId: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const client = await connectClient(readEnvironment());
  const { description } = await findSchedule(client, scheduleId);
  showSchedule(description, await runsOfSchedule(client, description), json === true);
  return exitCodes.done;
}
