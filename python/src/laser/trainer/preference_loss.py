from dataclasses import dataclass

import torch

from laser.contract import TrainingOptions
from laser.trainer.preference_terms import PREFERENCE_TERMS, PairScores, divergence_score


@dataclass(frozen=True)
class PairTerms:
    """Per pair, shape [n], nats: what the loss is made of."""

    preference: torch.Tensor
    nll: torch.Tensor
    loss: torch.Tensor
    reward_chosen: torch.Tensor
    reward_rejected: torch.Tensor


def preference_loss(
    chosen: torch.Tensor,
    rejected: torch.Tensor,
    reference_chosen: torch.Tensor,
    reference_rejected: torch.Tensor,
    chosen_tokens: torch.Tensor,
    rejected_tokens: torch.Tensor,
    options: TrainingOptions,
) -> PairTerms:
    """L = preference + nll_weight · (-log π(y_w)/|y_w|), the length being that of each sequence.

    The preference term is that of `options.loss_type` (laser.trainer.preference_terms), the NLL
    term that of iterative reasoning preference optimisation (arXiv 2404.19733, eq. 1).
    All tensors have shape [n]: summed log-probabilities in nats, and completion lengths.
    """
    gain_chosen = chosen - reference_chosen
    gain_rejected = rejected - reference_rejected
    scores = PairScores(
        divergence_score(gain_chosen, options),
        divergence_score(gain_rejected, options),
        chosen_tokens,
        rejected_tokens,
    )
    preference = PREFERENCE_TERMS[options.loss_type](scores, options)
    nll = -chosen / chosen_tokens
    return PairTerms(
        preference=preference,
        nll=nll,
        loss=preference + options.nll_weight * nll,
        reward_chosen=options.beta * gain_chosen,
        reward_rejected=options.beta * gain_rejected,
    )
