import { classifySglang } from '../../model-server';
import { inChunks } from '../in-chunks';
import { fillTemplate } from './fill-template';
import type { Scorer } from './scorer';

/** The raw logit of a reward model at SGLang. */
export const scoreBySglang: Scorer<'sglang'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { maxConcurrentRequests: concurrency, maxItemsPerRequest: chunk, servedModel: model, template } = rewardModel;
  const server = modelServer(rewardModel.server);
  const scores = await inChunks(items, { chunk, concurrency, signal }, (part, signal) =>
    classifySglang(server, { model, texts: part.map((item) => fillTemplate(template, item)) }, { signal }),
  );
  return scores.map((score) => score ?? 'notFinite');
};
