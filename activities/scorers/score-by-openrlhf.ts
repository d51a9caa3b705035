import { getOpenRlhfRewards } from '../../model-server';
import { inChunks } from '../in-chunks';
import { fillTemplate } from './fill-template';
import type { Scorer } from './scorer';

/** The reward of a server for OpenRLHF's --reward.remote_url. */
export const scoreByOpenRlhf: Scorer<'openrlhf'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { maxConcurrentRequests: concurrency, maxItemsPerRequest: chunk, path, template } = rewardModel;
  const server = modelServer(rewardModel.server);
  const rewards = await inChunks(items, { chunk, concurrency, signal }, (part, signal) => {
    const queries = part.map((item) => fillTemplate(template, item));
    const prompts = part.map(({ prompt }) => prompt);
    const labels = part.map(({ answer }) => answer ?? null);
    return getOpenRlhfRewards(server, { path, queries, prompts, labels }, { signal });
  });
  return rewards.map((reward) => reward ?? 'notFinite');
};
