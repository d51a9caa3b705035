import { createHedge, hedgeLearningRate, hedgeWeights, updateHedge, type HedgeState } from '../algorithm';
import type { BanditChange } from '../contract/bandit-log';
import type { RecalledBandit } from './recall-bandit';

/**
 * Weights of the online ensemble as its log left them, by reward model; they sum to 1. A reward model that is added gets
 * the mean weight of the others, one that is removed leaves its share to them.
 */
export function ensembleWeights({
  origin,
  entries,
}: Pick<RecalledBandit, 'origin' | 'entries'>): Record<string, number> {
  const { selection, arms, rounds = 1 } = origin;
  if (selection.type !== 'onlineEnsemble')
    throw new Error(`${selection.type} is no online ensemble; it has no weights.`);
  const rate = selection.learningRate ?? (arms.length === 1 ? 1 : hedgeLearningRate(arms.length, rounds));
  const state = entries.reduce(
    (hedge, entry) => {
      if (entry.type === 'losses') return updateHedge(hedge, entry.losses);
      return entry.type === 'change' ? changeRoster(hedge, entry.change) : hedge;
    },
    createHedge(arms, rate),
  );
  return hedgeWeights(state);
}

function changeRoster(hedge: HedgeState, change: BanditChange): HedgeState {
  if (change.type === 'addArm') {
    const weights = Object.values(hedgeWeights(hedge));
    const known = Object.entries(hedge.logWeights);
    const [id, logWeight] = known[0]!;
    const own = logWeight - Math.log(hedgeWeights(hedge)[id]!) - Math.log(weights.length);
    return { ...hedge, logWeights: { ...hedge.logWeights, [change.armId]: own } };
  }
  if (change.type !== 'removeArm') return hedge;
  const left = Object.entries(hedge.logWeights).filter(([id]) => id !== change.armId);
  return { ...hedge, logWeights: Object.fromEntries(left) };
}
