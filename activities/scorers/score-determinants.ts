import type { ResolvedRewardModel } from '../../contract/reward-model';
import { judgeProtocol } from './judge/judge-prompts';

/**
 * What a reward model's scores depend on, for a step's key: kind, revisions and options. Names, addresses and how many
 * requests are sent do not change a score, nor does the time limit of a verifier that answered within it.
 */
export function scoreDeterminants(rewardModel: ResolvedRewardModel): object {
  const { id: _id, ...rest } = rewardModel;
  const {
    server: _server,
    servedModel: _servedModel,
    model: _model,
    maxConcurrentRequests: _maxConcurrentRequests,
    maxItemsPerRequest: _maxItemsPerRequest,
    ...determining
  } = { ...absent, ...rest };
  if (determining.kind === 'implicitDpo') {
    return { ...determining, reference: { revision: determining.reference.revision } };
  }
  return determining.kind === 'judge' ? { ...determining, protocol: judgeProtocol } : determining;
}

/** Keys that not every kind has. */
const absent = {
  server: undefined,
  servedModel: undefined,
  model: undefined,
  maxConcurrentRequests: undefined,
  maxItemsPerRequest: undefined,
};
