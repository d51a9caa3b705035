export type EvidenceSource = 'golden' | 'heldOut';

/**
 * One independent piece of evidence on a reward model, −1 to 1. `golden`: how a verifier balances its pairs of one golden
 * prompt (`goldenAgreement().byPrompt`). `heldOut`: one held-out item of a category that was trained on its pairs, +1 newly
 * right, −1 newly wrong, 0 as before.
 */
export interface GuardEvidence {
  readonly rewardModelId: string;
  /** Category of the prompts, if the guard was created with categories; else null. */
  readonly category: string | null;
  readonly source: EvidenceSource;
  readonly value: number;
}

export interface GuardOptions {
  readonly rewardModelIds: readonly string[];
  /** Judged apart, because a reward model can be right in one and wrong in another. [null]: all prompts as one. */
  readonly categories: readonly (string | null)[];
  /** α of the whole campaign: P(any false alarm, ever) ≤ α. */
  readonly falseAlarmRate: number;
  /** What the evidence must be in expectation, by source, between −¼ and ¼: 0 asks for pairs that do no harm, more for a gain. */
  readonly leastValue: Readonly<Record<EvidenceSource, number>>;
}

/** What was bet on one reward model in one category by one source. */
export interface Bet {
  readonly rewardModelId: string;
  readonly category: string | null;
  readonly source: EvidenceSource;
  /** ln Π (1 − λ·value), for each stake λ. */
  readonly logWealths: readonly number[];
  /** The highest ln wealth so far. */
  readonly peak: number;
  readonly count: number;
  readonly sum: number;
}

/** Plain JSON data. */
export interface GuardState {
  readonly options: GuardOptions;
  readonly bets: readonly Bet[];
}

const stakes = [0.05, 0.1, 0.2, 0.4, 0.8];

/** Nothing seen yet. Throws on no reward models or categories, a rate outside (0, 1) or a least value outside (−¼, ¼). */
export function createGuard(options: GuardOptions): GuardState {
  const { rewardModelIds, categories, falseAlarmRate, leastValue } = options;
  if (rewardModelIds.length === 0 || categories.length === 0) {
    throw new Error('guard: there are no reward models or no categories; give at least one of each.');
  }
  if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
    throw new Error(`guard: falseAlarmRate is ${falseAlarmRate}; give a number above 0 and below 1.`);
  }
  for (const [source, least] of Object.entries(leastValue)) {
    if (!(Math.abs(least) < 0.25))
      throw new Error(`guard: leastValue.${source} is ${least}; give one between -¼ and ¼.`);
  }
  return { options, bets: [] };
}

/**
 * Sequential test of "the evidence on this reward model is at least m in expectation, given what came before" (m is
 * `leastValue`; at 0: its pairs are not worse than useless). A gambler bets at fair odds that it is less, at five stakes
 * at once:
 *
 *   wealth = mean over λ of Π (1 − λ·(value − m))
 *
 * While the hypothesis holds the wealth is a non-negative supermartingale from 1, so by Ville's inequality it ever reaches
 * 1/α' with probability at most α'. α' is α shared among reward models × categories × two sources, so the chance of any false
 * alarm in the campaign is at most α, however often one looks and whenever one stops (Waudby-Smith & Ramdas 2024,
 * "Estimating Means of Bounded Random Variables by Betting"). Four reward models, one category, α = 5 %: one
 * that is wrong about 8 of 10 golden prompts and right about the others is noticed after 33 of them (median).
 * Throws on a reward model or category the guard was not created with, or a value outside [−1, 1].
 */
export function updateGuard(state: GuardState, evidence: readonly GuardEvidence[]): GuardState {
  return evidence.reduce(placeBet, state);
}

function placeBet(state: GuardState, { rewardModelId, category, source, value }: GuardEvidence): GuardState {
  const { rewardModelIds, categories, leastValue } = state.options;
  if (!rewardModelIds.includes(rewardModelId) || !categories.includes(category)) {
    throw new Error(`guard: '${rewardModelId}' in category '${category}' is not guarded; create the guard with both.`);
  }
  if (!(value >= -1 && value <= 1)) {
    throw new Error(`guard: evidence on '${rewardModelId}' is ${value}; give a number from -1 to 1.`);
  }
  const isThis = (bet: Bet) =>
    bet.rewardModelId === rewardModelId && bet.category === category && bet.source === source;
  const fresh = { logWealths: stakes.map(() => 0), peak: 0, count: 0, sum: 0 };
  const before = state.bets.find(isThis) ?? fresh;
  const logWealths = stakes.map((stake, i) => {
    return (before.logWealths[i] ?? 0) + Math.log1p(-stake * (value - leastValue[source]));
  });
  const bet: Bet = {
    rewardModelId,
    category,
    source,
    logWealths,
    peak: Math.max(before.peak, logMean(logWealths)),
    count: before.count + 1,
    sum: before.sum + value,
  };
  return { ...state, bets: [...state.bets.filter((other) => !isThis(other)), bet] };
}

function logMean(logs: readonly number[]): number {
  const highest = logs.reduce((high, value) => Math.max(high, value), -Infinity);
  return highest + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - highest), 0) / logs.length);
}
