import { relative } from 'node:path';
import { readEnvironment } from '../../config/environment';
import { plainId } from '../../contract/reward-model';
import type { ScheduledCampaignInput } from '../../contract/scheduled-campaign';
import { taskQueues } from '../../contract/task-queues';
import type { scheduledCampaignWorkflow } from '../../workflows';
import { workflowIdOf } from '../campaign-id';
import { CommandError, exitCodes, type ExitCode } from '../command-error';
import { registerSearchAttributes } from '../register-search-attributes';
import { connectClient } from '../temporal-client';
import { checkScheduledFile } from './check-scheduled-file';
import { refuseSchedule } from './refuse-schedule';
import type { CampaignFlags, TimingFlags } from './schedule-flags';
import { scheduledWorkflow } from './scheduled-workflow';
import { showSchedule } from './show-schedule';
import { timingOfFlags } from './timing-of-flags';

export interface CreateOptions extends TimingFlags, CampaignFlags {
  paused?: boolean;
  json?: boolean;
}

/** `laser schedule create <schedule> <file>` */
export async function createSchedule(scheduleId: string, file: string, options: CreateOptions): Promise<ExitCode> {
  const id = plainId.safeParse(scheduleId);
  if (!id.success) throw new CommandError(`The id "${scheduleId}" ${id.error.issues[0]?.message}.`, exitCodes.usage);
  const { times, spec, policies } = timingOfFlags(options);
  if (Object.keys(times).length === 0) {
    throw new CommandError('When should it run? Give --cron, --calendar or --every.', exitCodes.usage);
  }
  const environment = readEnvironment();
  const path = await checkScheduledFile(file, environment);
  const client = await connectClient(environment);
  const input: ScheduledCampaignInput = {
    scheduleId,
    file: path,
    ...(options.seed !== undefined && { seed: options.seed }),
    continueFrom: options.continueFrom ?? 'start',
    gate: options.gate ?? false,
    searchable: await registerSearchAttributes(client),
  };
  try {
    const handle = await client.schedule.create<typeof scheduledCampaignWorkflow>({
      scheduleId,
      spec: { ...times, ...spec },
      policies,
      action: {
        type: 'startWorkflow',
        workflowType: scheduledWorkflow,
        workflowId: workflowIdOf(scheduleId),
        taskQueue: taskQueues.control,
        args: [input],
      },
      state: { paused: options.paused ?? false },
    });
    showSchedule(await handle.describe(), [], options.json === true);
  } catch (error) {
    refuseSchedule(scheduleId, error);
  }
  process.stderr.write(
    `Its runs fire while a control worker runs: keep \`laser up ${relative(process.cwd(), path)}\` running.\n`,
  );
  return exitCodes.done;
}
