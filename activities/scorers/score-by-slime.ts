import { getSlimeReward } from '../../model-server';
import { inChunks } from '../in-chunks';
import type { Scorer } from './scorer';

/** The reward of a server for slime's --rm-type remote_rm. */
export const scoreBySlime: Scorer<'slime'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { maxConcurrentRequests: concurrency, path, rewardKey } = rewardModel;
  const server = modelServer(rewardModel.server);
  const rewards = await inChunks(items, { chunk: 1, concurrency, signal }, (part, signal) =>
    Promise.all(
      part.map(({ prompt, completion, answer }) => {
        const request = { path, prompt, response: completion, label: answer ?? null, rewardKey };
        return getSlimeReward(server, request, { signal });
      }),
    ),
  );
  return rewards.map((reward) => reward ?? 'notFinite');
};
