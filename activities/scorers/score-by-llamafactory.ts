import { evaluateLlamaFactoryScores } from '../../model-server';
import { inChunks } from '../in-chunks';
import { fillTemplate } from './fill-template';
import type { Scorer } from './scorer';

/** The score of a reward model behind LlamaFactory's API. */
export const scoreByLlamaFactory: Scorer<'llamafactory'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { maxConcurrentRequests: concurrency, maxItemsPerRequest: chunk, servedModel: model } = rewardModel;
  const { template, maxLength } = rewardModel;
  const server = modelServer(rewardModel.server);
  const scores = await inChunks(items, { chunk, concurrency, signal }, (part, signal) => {
    const texts = part.map((item) => fillTemplate(template, item));
    return evaluateLlamaFactoryScores(server, { model, texts, maxLength }, { signal });
  });
  return scores.map((score) => score ?? 'notFinite');
};
