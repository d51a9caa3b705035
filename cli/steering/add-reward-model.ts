import type { Client } from '@temporalio/client';
import { readEnvironment } from '../../config/environment';
import { loadRewardModel, type LoadedRewardModel } from '../../config/load-reward-model';
import type { ArmRequest } from '../../contract/steering';
import { scoreQueue } from '../../contract/task-queues';
import { readRuntimeFile } from '../../workers/embedded/runtime-file';
import { changeArmsUpdate } from '../../workflows/messages';
import { CommandError, exitCodes, type ExitCode } from '../command-error';
import { steerCampaign, type SteeringOptions } from './steer-campaign';

const activityQueue = 2;

/** `laser rm add <campaign> <file>`: refused before the campaign hears of it unless somebody can ask the reward model. */
export async function addRewardModel(campaignId: string, file: string, options: SteeringOptions): Promise<ExitCode> {
  const loaded = await loadRewardModel(file);
  return steerCampaign<ArmRequest>(campaignId, options, {
    update: changeArmsUpdate,
    request: async (_, client) => {
      await requireServed(file, loaded);
      await requireWorker(client, file, loaded);
      const { rewardModel } = loaded;
      return { change: { action: 'add', rewardModelId: rewardModel.id, rewardModel } };
    },
  });
}

/** The embedded server loads its models when it starts. One on another machine is not seen from here. */
async function requireServed(file: string, { embeddedModels }: LoadedRewardModel): Promise<void> {
  const runtime = await readRuntimeFile(readEnvironment().LASER_HOME);
  if (runtime?.alive !== true) return;
  const lacking = embeddedModels.filter(({ name, path }) => runtime.models[name] !== path);
  if (lacking.length === 0) return;
  const models = lacking.map(({ name, path }) => `${path} as "${name}"`);
  throw new CommandError(
    `The embedded server here (process ${runtime.pid}) does not serve ${models.join(', ')}. ${restart(file)}`,
    exitCodes.environment,
  );
}

/** Its score activities would wait for ever on a queue that nobody reads. */
async function requireWorker(client: Client, file: string, { rewardModel: { id } }: LoadedRewardModel): Promise<void> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: scoreQueue(id) },
    taskQueueType: activityQueue,
  });
  if (pollers && pollers.length > 0) return;
  throw new CommandError(
    `No worker asks reward model "${id}" (queue ${scoreQueue(id)}). Start one where its server can be reached: \`laser worker score ${id}\`. ` +
      `Where everything runs on this machine: ${restart(file)}`,
    exitCodes.environment,
  );
}

function restart(file: string): string {
  return (
    `\`laser down\`, then \`laser up <campaign file> --reward-model ${file}\`; ` +
    'the campaign goes on where it is, then add it again.'
  );
}
