from dataclasses import dataclass

import torch
import torch.nn.functional as F

from laser.contract import TrainingOptions


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

    sigmoid: -log sigmoid(β (Δ_w - Δ_l)), Δ = log π - log π_ref (DPO, arXiv 2305.18290, eq. 7).
    ipo: (Δ_w/|y_w| - Δ_l/|y_l| - 1/(2β))² (arXiv 2310.12036, eq. 17, per token as in TRL).
    The NLL term is that of iterative reasoning preference optimisation (arXiv 2404.19733, eq. 1).
    All tensors have shape [n]: summed log-probabilities in nats, and completion lengths.
    """
    gain_chosen = chosen - reference_chosen
    gain_rejected = rejected - reference_rejected
    if options.loss_type == "sigmoid":
        preference = -F.logsigmoid(options.beta * (gain_chosen - gain_rejected))
    else:
        per_token = gain_chosen / chosen_tokens - gain_rejected / rejected_tokens
        preference = (per_token - 1 / (2 * options.beta)) ** 2
    nll = -chosen / chosen_tokens
    return PairTerms(
        preference=preference,
        nll=nll,
        loss=preference + options.nll_weight * nll,
        reward_chosen=options.beta * gain_chosen,
        reward_rejected=options.beta * gain_rejected,
    )
