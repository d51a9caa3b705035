import { predictTei, rerankTei } from '../../model-server';
import { inChunks } from '../in-chunks';
import { fillTemplate } from './fill-template';
import { groupByPrompt } from './group-by-prompt';
import type { Scorer } from './scorer';

/** The raw score of a classifier at text-embeddings-inference. */
export const scoreByTei: Scorer<'tei'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { maxConcurrentRequests: concurrency, maxItemsPerRequest: chunk, route, template, label } = rewardModel;
  const server = modelServer(rewardModel.server);
  if (route === 'predict') {
    const scores = await inChunks(items, { chunk, concurrency, signal }, (part, signal) =>
      predictTei(server, { texts: part.map((item) => fillTemplate(template, item)), label }, { signal }),
    );
    return scores.map((score) => score ?? 'notFinite');
  }
  const requests = groupByPrompt(items).flatMap(({ prompt, places }) => {
    const parts: { prompt: string; places: number[] }[] = [];
    for (let start = 0; start < places.length; start += chunk) {
      parts.push({ prompt, places: places.slice(start, start + chunk) });
    }
    return parts;
  });
  const scored = await inChunks(requests, { chunk: 1, concurrency, signal }, (part, signal) =>
    Promise.all(
      part.map(async ({ prompt, places }) => {
        const texts = places.map((place) => items[place]!.completion);
        return { places, scores: await rerankTei(server, { query: prompt, texts }, { signal }) };
      }),
    ),
  );
  const byPlace = new Map(
    scored.flatMap(({ places, scores }) => places.map((place, i) => [place, scores[i]] as const)),
  );
  return items.map((_, place) => byPlace.get(place) ?? 'notFinite');
};
