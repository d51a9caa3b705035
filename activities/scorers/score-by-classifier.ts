import { classifyMessages, classifyTexts } from '../../model-server';
import { inChunks } from '../in-chunks';
import type { Scorer } from './scorer';

/** The raw logit of a sequence classifier with one label. */
export const scoreByClassifier: Scorer<'classify'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { servedModel: model, maxConcurrentRequests: concurrency } = rewardModel;
  const server = modelServer(rewardModel.server);
  const chunk = rewardModel.input === 'text' ? rewardModel.maxItemsPerRequest : 1;
  const scores = await inChunks(items, { chunk, concurrency, signal }, async (part, signal) => {
    if (rewardModel.input === 'text') {
      const texts = part.map(({ prompt, completion }) => prompt + completion);
      return classifyTexts(server, { model, texts, addSpecialTokens: true }, { signal });
    }
    return Promise.all(
      part.map(({ prompt, completion }) => {
        const messages = [
          { role: 'user', content: prompt },
          { role: 'assistant', content: completion },
        ] as const;
        return classifyMessages(server, { model, messages }, { signal });
      }),
    );
  });
  return scores.map((score) => score ?? 'notFinite');
};
