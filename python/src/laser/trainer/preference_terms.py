import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from laser.contract import LossType, TrainingOptions

DISCOPOP_TEMPERATURE = 0.05
"""τ of DiscoPOP, as its paper recommends."""


@dataclass(frozen=True)
class PairScores:
    """Per pair, shape [n]: scores of both completions (`divergence_score`), lengths in tokens."""

    chosen: torch.Tensor
    rejected: torch.Tensor
    chosen_tokens: torch.Tensor
    rejected_tokens: torch.Tensor

    @property
    def margin(self) -> torch.Tensor:
        return self.chosen - self.rejected

    @property
    def margin_per_token(self) -> torch.Tensor:
        return self.chosen / self.chosen_tokens - self.rejected / self.rejected_tokens


Term = Callable[[PairScores, TrainingOptions], torch.Tensor]


def divergence_score(gain: torch.Tensor, options: TrainingOptions) -> torch.Tensor:
    """f'(t) of t = π/π_ref for `gain` = log t, without its constant (f-DPO, arXiv 2309.16240)."""
    if options.f_divergence_type == "forward_kl":
        return 1 - torch.exp(-gain)
    if options.f_divergence_type == "js_divergence":
        return math.log(2) + F.logsigmoid(gain)
    return gain


def sigmoid(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """-log sigmoid(βΔ), Δ the margin (DPO, arXiv 2305.18290, eq. 7)."""
    return -F.logsigmoid(options.beta * pair.margin)


def sigmoid_norm(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """DPO on the margin per token (Tülu 3, arXiv 2411.15124)."""
    return -F.logsigmoid(options.beta * pair.margin_per_token)


def hinge(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """max(0, 1 - βΔ) (SLiC-HF, arXiv 2305.10425, on DPO's margin)."""
    return torch.relu(1 - options.beta * pair.margin)


def ipo(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """(Δ per token - 1/(2β))² (arXiv 2310.12036, eq. 17, per token as in TRL)."""
    return (pair.margin_per_token - 1 / (2 * options.beta)) ** 2


def robust(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """Unbiased under a share ε < 1/2 of flipped pairs (arXiv 2403.00409)."""
    epsilon, logit = options.label_smoothing, options.beta * pair.margin
    kept, flipped = -F.logsigmoid(logit), -F.logsigmoid(-logit)
    return ((1 - epsilon) * kept - epsilon * flipped) / (1 - 2 * epsilon)


def exo_pair(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """KL(softmax(±βΔ/2) ‖ (1 - ε, ε)), ε > 0 (EXO, arXiv 2402.00856, eq. 16)."""
    epsilon, logit = options.label_smoothing, options.beta * pair.margin
    of_chosen = torch.sigmoid(logit) * (F.logsigmoid(logit) - math.log1p(-epsilon))
    of_rejected = torch.sigmoid(-logit) * (F.logsigmoid(-logit) - math.log(epsilon))
    return of_chosen + of_rejected


def nca_pair(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """Noise contrastive alignment of two completions (arXiv 2402.05369)."""
    chosen, rejected = options.beta * pair.chosen, options.beta * pair.rejected
    noise = 0.5 * F.logsigmoid(-chosen) + 0.5 * F.logsigmoid(-rejected)
    return -F.logsigmoid(chosen) - noise


def bco_pair(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """Binary classifier of chosen against rejected, reward shift 0 (arXiv 2404.04656)."""
    return -F.logsigmoid(options.beta * pair.chosen) - F.logsigmoid(-options.beta * pair.rejected)


def sppo_hard(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """Self-play with a win probability of 1 and 0 (SPPO, arXiv 2405.00675, eq. 4.7)."""
    target = 0.5 / options.beta
    return (pair.chosen - target) ** 2 + (pair.rejected + target) ** 2


def apo_zero(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """For chosen completions better than the policy's own (APO, arXiv 2408.06266, eq. 7)."""
    chosen, rejected = options.beta * pair.chosen, options.beta * pair.rejected
    return 1 - torch.sigmoid(chosen) + torch.sigmoid(rejected)


def apo_down(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """For chosen completions worse than the policy's own (APO, arXiv 2408.06266, eq. 8)."""
    chosen, margin = options.beta * pair.chosen, options.beta * pair.margin
    return torch.sigmoid(chosen) + 1 - torch.sigmoid(margin)


def discopop(pair: PairScores, options: TrainingOptions) -> torch.Tensor:
    """Logistic loss blended with an exponential one by the margin (arXiv 2406.08414, eq. 5)."""
    logit = options.beta * pair.margin
    blend = torch.sigmoid(logit / DISCOPOP_TEMPERATURE)
    return -F.logsigmoid(logit) * (1 - blend) + torch.exp(-logit) * blend


PREFERENCE_TERMS: dict[LossType, Term] = {
    "sigmoid": sigmoid,
    "sigmoid_norm": sigmoid_norm,
    "hinge": hinge,
    "ipo": ipo,
    "robust": robust,
    "exo_pair": exo_pair,
    "nca_pair": nca_pair,
    "bco_pair": bco_pair,
    "sppo_hard": sppo_hard,
    "apo_zero": apo_zero,
    "apo_down": apo_down,
    "discopop": discopop,
}
"""TRL's per-pair losses under its names. Not `aot`: it compares sorted margins of a batch."""
