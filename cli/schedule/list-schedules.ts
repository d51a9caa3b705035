import Table from 'cli-table3';
import { readEnvironment } from '../../config/environment';
import { exitCodes, type ExitCode } from '../command-error';
import { connectClient } from '../temporal-client';
import { scheduledWorkflow } from './scheduled-workflow';
import { timesOf } from './times-of';

/** `laser schedule list` */
export async function listSchedules({ json }: { json?: boolean }): Promise<ExitCode> {
  const client = await connectClient(readEnvironment());
  const schedules = [];
  for await (const { scheduleId, action, spec, state, info } of client.schedule.list()) {
    if (action?.workflowType !== scheduledWorkflow) continue;
    schedules.push({
      scheduleId,
      times: timesOf(spec ?? {}),
      paused: state.paused,
      next: info.nextActionTimes[0]?.toISOString() ?? null,
      last: info.recentActions.at(-1)?.action.workflow.workflowId.replace(/^laser-/, '') ?? null,
    });
  }
  schedules.sort((left, right) => left.scheduleId.localeCompare(right.scheduleId, 'en'));
  if (json === true) {
    process.stdout.write(`${JSON.stringify(schedules, null, 2)}\n`);
    return exitCodes.done;
  }
  const table = new Table({ head: ['schedule', 'times', 'next', 'newest run'], style: { head: [], border: [] } });
  for (const { scheduleId, times, paused, next, last } of schedules) {
    table.push([scheduleId, times.join('\n'), paused ? 'paused' : (next ?? 'never'), last ?? '']);
  }
  const none = 'No schedules yet; `laser schedule create <schedule> <file>` makes one.';
  process.stdout.write(`${schedules.length === 0 ? none : table.toString()}\n`);
  return exitCodes.done;
}
