import { scoreLoglikelihood, tokenize } from '../../model-server';
import { inChunks } from '../in-chunks';
import type { Scorer } from './scorer';

/**
 * Mean log-likelihood, nats a token, of the completion given the prompt (or of both) under a causal LM.
 * The text is tokenised once, as a whole: where prompt and completion share a token, it counts as the completion's.
 * null where there is no token to take a mean over.
 */
export const scoreByLoglikelihood: Scorer<'loglik'> = async (server, rewardModel, items, signal) => {
  const { servedModel: model, maxConcurrentRequests: concurrency, span } = rewardModel;
  const tokenizeAll = (texts: readonly string[]) =>
    inChunks(texts, { chunk: 1, concurrency, signal }, (part, signal) =>
      Promise.all(
        part.map(
          async (prompt) => (await tokenize(server, { model, prompt, addSpecialTokens: true }, { signal })).tokenIds,
        ),
      ),
    );
  const prompts = [...new Set(items.map(({ prompt }) => prompt))];
  const promptTokens = new Map(
    (await tokenizeAll(prompts)).map((tokenIds, index) => [prompts[index], tokenIds] as const),
  );
  const wholes = await tokenizeAll(items.map(({ prompt, completion }) => prompt + completion));

  const sequences = wholes.map((tokenIds, index) => {
    const shared = commonPrefix(promptTokens.get(items[index]!.prompt)!, tokenIds);
    return { tokenIds, start: span === 'completion' ? Math.max(1, shared) : 1, end: tokenIds.length };
  });
  const scorable = sequences.filter(({ start, end }) => start < end);
  const chunk = rewardModel.maxItemsPerRequest;
  const answers = await inChunks(scorable, { chunk, concurrency, signal }, (part, signal) =>
    scoreLoglikelihood(server, { model, sequences: part }, { signal }),
  );
  const scores = new Map(scorable.map((sequence, index) => [sequence, answers[index]?.mean ?? null]));
  return sequences.map((sequence) => scores.get(sequence) ?? null);
};

function commonPrefix(left: readonly number[], right: readonly number[]): number {
  const limit = Math.min(left.length, right.length);
  let length = 0;
  while (length < limit && left[length] === right[length]) length += 1;
  return length;
}
