import { completionSpans } from './completion-spans';
import { loglikelihoods } from './loglikelihoods';
import type { Scorer } from './scorer';

/** Mean log-likelihood, nats a token, of the completion given the prompt (or of both) under a causal LM. */
export const scoreByLoglikelihood: Scorer<'loglik'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { servedModel: model, maxConcurrentRequests: concurrency, maxItemsPerRequest: chunk, span } = rewardModel;
  const asked = { server: modelServer(rewardModel.server), model, concurrency, chunk, signal };
  const spans = await completionSpans(asked, items);
  const scored = spans.map((one) =>
    typeof one === 'string' || span === 'completion' ? one : { ...one, start: 1, end: one.tokenIds.length },
  );
  return (await loglikelihoods(asked, scored)).map((one) => (typeof one === 'string' ? one : one.mean));
};
