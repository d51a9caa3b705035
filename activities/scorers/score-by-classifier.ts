import { classifyMessages, classifyTexts } from '../../model-server';
import { inChunks } from '../in-chunks';
import type { Scorer } from './scorer';

/** The raw logit of a sequence classifier with one label. */
export const scoreByClassifier: Scorer<'classify'> = (server, rewardModel, items, signal) => {
  const { servedModel: model, maxConcurrentRequests: concurrency } = rewardModel;
  if (rewardModel.input === 'text') {
    return inChunks(items, { chunk: rewardModel.maxItemsPerRequest, concurrency, signal }, (part, signal) => {
      const texts = part.map(({ prompt, completion }) => prompt + completion);
      return classifyTexts(server, { model, texts, addSpecialTokens: true }, { signal });
    });
  }
  return inChunks(items, { chunk: 1, concurrency, signal }, (part, signal) =>
    Promise.all(
      part.map(({ prompt, completion }) => {
        const messages = [
          { role: 'user', content: prompt },
          { role: 'assistant', content: completion },
        ] as const;
        return classifyMessages(server, { model, messages }, { signal });
      }),
    ),
  );
};
