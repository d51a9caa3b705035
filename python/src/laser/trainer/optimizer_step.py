import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from laser.contract import TrainingOptions
from laser.trainer.completion_logps import completion_logps
from laser.trainer.micro_batches import MicroBatch
from laser.trainer.policy_model import PolicyModel
from laser.trainer.preference_loss import PairTerms, preference_loss


@dataclass(frozen=True)
class PairOutcome:
    """One pair under the weights before its optimiser step, nats."""

    loss: float
    preference: float
    nll: float
    reward_chosen: float
    reward_rejected: float
    logps_chosen: float
    logps_rejected: float


@dataclass(frozen=True)
class StepOutcome:
    pairs: list[PairOutcome]
    grad_norm: float

    @property
    def loss(self) -> float:
        return sum(pair.loss for pair in self.pairs) / len(self.pairs)

    @property
    def finite(self) -> bool:
        return math.isfinite(self.loss) and math.isfinite(self.grad_norm)


def optimizer_step(
    model: PolicyModel,
    optimizer: torch.optim.Optimizer,
    micro_batches: Sequence[MicroBatch],
    reference: Sequence[torch.Tensor],
    options: TrainingOptions,
) -> StepOutcome:
    """One AdamW step on the mean loss of a mini-batch, gathered over its micro-batches.

    `reference` holds log π_ref of each micro-batch's sequences, shape [sequences], nats. The step
    is not taken when the loss or the gradient is not finite.
    """
    optimizer.zero_grad(set_to_none=False)
    size = sum(len(batch.indices) for batch in micro_batches)
    outcomes: dict[int, PairOutcome] = {}
    for batch, reference_logps in zip(micro_batches, reference, strict=True):
        logps = completion_logps(model, batch.sequences)
        terms = pair_terms(batch, logps, reference_logps, options)
        (terms.loss.sum() / size).backward()
        outcomes.update(zip(batch.indices, pair_outcomes(batch, logps, terms), strict=True))
    parameters = list(model.parameters.values())
    norm = torch.nn.utils.clip_grad_norm_(parameters, options.max_grad_norm)
    outcome = StepOutcome([outcomes[index] for index in range(size)], norm.item())
    if outcome.finite:
        optimizer.step()
    return outcome


def pair_terms(
    batch: MicroBatch, logps: torch.Tensor, reference: torch.Tensor, options: TrainingOptions
) -> PairTerms:
    lengths = torch.tensor(
        [float(len(sequence.completion)) for sequence in batch.sequences], device=logps.device
    )
    return preference_loss(
        logps[batch.chosen],
        logps[batch.rejected],
        reference[batch.chosen],
        reference[batch.rejected],
        lengths[batch.chosen],
        lengths[batch.rejected],
        options,
    )


def pair_outcomes(batch: MicroBatch, logps: torch.Tensor, terms: PairTerms) -> list[PairOutcome]:
    columns = torch.stack(
        [
            terms.loss,
            terms.preference,
            terms.nll,
            terms.reward_chosen,
            terms.reward_rejected,
            logps[batch.chosen],
            logps[batch.rejected],
        ],
        dim=1,
    )
    return [PairOutcome(*row) for row in columns.detach().tolist()]
