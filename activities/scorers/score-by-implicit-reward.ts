import { failureTypes } from '../../contract/failure-types';
import { tokenize } from '../../model-server';
import { completionSpans } from './completion-spans';
import { loglikelihoods } from './loglikelihoods';
import type { Scorer } from './scorer';

/** π and π_ref of an implicitDpo reward model cut the same text into other tokens. */
class TokenizersDifferError extends Error {
  override readonly name = 'TokenizersDifferError';
  readonly type = failureTypes.configInvalid;
  constructor(id: string, policy: string, reference: string) {
    super(
      `Reward model "${id}": ${policy} and its reference ${reference} tokenise the same text differently, so their ` +
        'log-probabilities do not compare. Give the reference that the model was trained from.',
    );
  }
}

/**
 * The implicit reward β·(log π(y|x) − log π_ref(y|x)) of a DPO-trained policy (Rafailov et al., arXiv 2305.18290, eq. 5
 * without the term of the prompt alone, which no comparison within a prompt sees). Sums run over the completion's
 * tokens, nats; divided by their number where the config says so.
 */
export const scoreByImplicitReward: Scorer<'implicitDpo'> = async ({ modelServer, signal }, rewardModel, items) => {
  const { servedModel: model, reference, beta, lengthNormalised } = rewardModel;
  const { maxConcurrentRequests: concurrency, maxItemsPerRequest: chunk } = rewardModel;
  const policy = { server: modelServer(rewardModel.server), model, concurrency, chunk, signal };
  const other = { ...policy, server: modelServer(reference.server), model: reference.servedModel };

  const spans = await completionSpans(policy, items);
  const probe = spans.findIndex((span) => typeof span !== 'string');
  if (probe >= 0) {
    const { prompt, completion } = items[probe]!;
    const request = { model: other.model, prompt: prompt + completion, addSpecialTokens: true };
    const { tokenIds } = await tokenize(other.server, request, { signal });
    const span = spans[probe]!;
    if (typeof span !== 'string' && span.tokenIds.join() !== tokenIds.join()) {
      throw new TokenizersDifferError(rewardModel.id, model, reference.servedModel);
    }
  }
  const [own, base] = await Promise.all([loglikelihoods(policy, spans), loglikelihoods(other, spans)]);
  return own.map((logpi, index) => {
    const logref = base[index]!;
    if (typeof logpi === 'string') return logpi;
    if (typeof logref === 'string') return logref;
    return beta * (lengthNormalised ? logpi.mean - logref.mean : logpi.sum - logref.sum);
  });
};
