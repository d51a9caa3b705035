/** Plain JSON data. Logarithms of the weights keep long campaigns from underflowing. */
export interface HedgeState {
  /** η > 0. */
  readonly learningRate: number;
  readonly logWeights: Readonly<Record<string, number>>;
}

/** η = sqrt(8·ln K / T): the rate with the smallest regret bound when the number of rounds T is known. */
export function hedgeLearningRate(rewardModels: number, rounds: number): number {
  return Math.sqrt((8 * Math.log(rewardModels)) / rounds);
}

/** Equal weights. Throws on no reward models, or a learning rate that is not above 0. */
export function createHedge(rewardModelIds: readonly string[], learningRate: number): HedgeState {
  if (rewardModelIds.length === 0) throw new Error('hedge: there are no reward models; give at least one.');
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw new Error(`hedge: learningRate is ${learningRate}; give a finite number above 0.`);
  }
  return { learningRate, logWeights: Object.fromEntries(rewardModelIds.map((id) => [id, 0])) };
}

/** Each reward model's weight in the ensemble; they sum to 1. */
export function hedgeWeights({ logWeights }: HedgeState): Record<string, number> {
  const highest = Object.values(logWeights).reduce((high, weight) => Math.max(high, weight), -Infinity);
  const scaled = Object.entries(logWeights).map(([id, weight]) => [id, Math.exp(weight - highest)] as const);
  const sum = scaled.reduce((total, [, weight]) => total + weight, 0);
  return Object.fromEntries(scaled.map(([id, weight]) => [id, weight / sum]));
}

/**
 * The online ensemble: weights fall by how wrong each reward model was, all of which are asked in every round.
 *
 *   w_k ← w_k·exp(−η·ℓ_k),   ℓ_k in [0, 1]
 *
 * Whatever the losses, the weighted loss over T rounds is at most that of the best single reward model plus
 * ln K/η + η·T/8, which is sqrt(T·ln K/2) at `hedgeLearningRate` (Freund & Schapire 1997, "A Decision-Theoretic
 * Generalization of On-Line Learning"; the constants: Cesa-Bianchi & Lugosi 2006, theorem 2.2).
 * A loss of null or none (no score in this round) leaves that reward model's share as it was, and the others divide what
 * they had (sleeping experts, Freund et al. 1997). Throws on an unknown reward model or a loss outside [0, 1].
 */
export function updateHedge(state: HedgeState, losses: Readonly<Record<string, number | null>>): HedgeState {
  for (const [id, loss] of Object.entries(losses)) {
    if (!(id in state.logWeights)) throw new Error(`hedge: there is no reward model '${id}'.`);
    if (loss !== null && !(loss >= 0 && loss <= 1)) {
      throw new Error(`hedge: the loss of '${id}' is ${loss}; give a number from 0 to 1, or null.`);
    }
  }
  const weights = hedgeWeights(state);
  const awake = Object.entries(losses).flatMap(([id, loss]) => (loss === null ? [] : [{ id, loss }]));
  const before = awake.reduce((sum, { id }) => sum + (weights[id] ?? 0), 0);
  const after = awake.reduce((sum, { id, loss }) => sum + (weights[id] ?? 0) * Math.exp(-state.learningRate * loss), 0);
  if (before === 0 || after === 0) return state;
  const restored = Math.log(before / after);
  const changes = awake.map(({ id, loss }) => {
    return [id, (state.logWeights[id] ?? 0) - state.learningRate * loss + restored] as const;
  });
  return { ...state, logWeights: { ...state.logWeights, ...Object.fromEntries(changes) } };
}
