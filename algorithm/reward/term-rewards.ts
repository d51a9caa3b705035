/** The terms of a round's train loss, nats: the preference loss, and the mean NLL of the chosen a token. */
export interface LossTerms {
  readonly preferenceLoss: number;
  readonly nllLoss: number;
}

export interface TermRewards {
  /** Minus the preference (DPO) loss: how well the pairs' order was learned. */
  readonly preference: number;
  /** Minus the NLL of the chosen: how likely the policy found them, which says nothing about the rejected. */
  readonly nll: number;
}

/**
 * The paper's reward taken apart: minus each term of the loss. In an iteration's first optimiser step the DPO term is log 2
 * whatever the pairs, and all that minus the loss can tell apart is the NLL. Scale each to [0, 1] with a `normaliseReward`
 * of its own. Throws on a term that is not finite.
 */
export function termRewards({ preferenceLoss, nllLoss }: LossTerms): TermRewards {
  if (!Number.isFinite(preferenceLoss) || !Number.isFinite(nllLoss)) {
    throw new Error(
      `termRewards: the loss terms are ${preferenceLoss} and ${nllLoss}; leave out rounds without a finite loss.`,
    );
  }
  return { preference: -preferenceLoss, nll: -nllLoss };
}
