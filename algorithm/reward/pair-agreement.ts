/** A preference pair whose two completions were checked against a verified answer. */
export interface VerifiedPair {
  readonly chosenCorrect: boolean;
  readonly rejectedCorrect: boolean;
}

export interface PairAgreement {
  /** Share of pairs that a verifier would order as the reward model did, minus the share it would order the other way: −1 to 1. */
  readonly agreement: number;
  /** (agreement + 1)/2, in [0, 1]. */
  readonly banditReward: number;
}

/**
 * What a round's pairs are worth by verified answers: an alternative to minus the train loss as bandit reward.
 * Pairs with both or neither correct count in the share but to neither side. Degenerate: without pairs agreement is 0.
 */
export function pairAgreement(pairs: readonly VerifiedPair[]): PairAgreement {
  const balance = pairs.reduce(
    (sum, { chosenCorrect, rejectedCorrect }) => sum + Number(chosenCorrect) - Number(rejectedCorrect),
    0,
  );
  const agreement = pairs.length === 0 ? 0 : balance / pairs.length;
  return { agreement, banditReward: (agreement + 1) / 2 };
}
