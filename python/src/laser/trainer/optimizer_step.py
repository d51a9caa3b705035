import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from laser.contract import TrainingOptions
from laser.trainer.completion_logps import completion_logps
from laser.trainer.micro_batches import plan_pair_batches, token_budget
from laser.trainer.policy_model import PolicyModel
from laser.trainer.preference_loss import PairTerms, preference_loss
from laser.trainer.token_pairs import TokenPair, TokenSequence


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
    batch: Sequence[TokenPair],
    reference: Mapping[TokenSequence, float],
    options: TrainingOptions,
) -> StepOutcome:
    """One AdamW step on the mean loss of the mini-batch, gathered over micro-batches.

    The step is not taken when the loss or the gradient is not finite.
    """
    optimizer.zero_grad(set_to_none=False)
    outcomes: dict[int, PairOutcome] = {}
    for indices in plan_pair_batches(batch, token_budget(model.vocabulary)):
        pairs = [batch[index] for index in indices]
        terms, logps = pair_terms(model, pairs, reference, options)
        (terms.loss.sum() / len(batch)).backward()
        outcomes.update(zip(indices, pair_outcomes(terms, *logps), strict=True))
    parameters = list(model.parameters.values())
    norm = torch.nn.utils.clip_grad_norm_(parameters, options.max_grad_norm)
    outcome = StepOutcome([outcomes[index] for index in range(len(batch))], norm.item())
    if outcome.finite:
        optimizer.step()
    return outcome


def pair_terms(
    model: PolicyModel,
    pairs: Sequence[TokenPair],
    reference: Mapping[TokenSequence, float],
    options: TrainingOptions,
) -> tuple[PairTerms, tuple[torch.Tensor, torch.Tensor]]:
    chosen = [pair.chosen for pair in pairs]
    rejected = [pair.rejected for pair in pairs]
    rows = {sequence: row for row, sequence in enumerate(dict.fromkeys(chosen + rejected))}
    logps = completion_logps(model, list(rows))

    def column(values: list[float]) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.float32, device=logps.device)

    def policy(sequences: list[TokenSequence]) -> torch.Tensor:
        return logps[torch.tensor([rows[sequence] for sequence in sequences], device=logps.device)]

    logps_chosen, logps_rejected = policy(chosen), policy(rejected)
    terms = preference_loss(
        logps_chosen,
        logps_rejected,
        column([reference[sequence] for sequence in chosen]),
        column([reference[sequence] for sequence in rejected]),
        column([float(len(sequence.completion)) for sequence in chosen]),
        column([float(len(sequence.completion)) for sequence in rejected]),
        options,
    )
    return terms, (logps_chosen, logps_rejected)


def pair_outcomes(
    terms: PairTerms, logps_chosen: torch.Tensor, logps_rejected: torch.Tensor
) -> list[PairOutcome]:
    columns = torch.stack(
        [
            terms.loss,
            terms.preference,
            terms.nll,
            terms.reward_chosen,
            terms.reward_rejected,
            logps_chosen,
            logps_rejected,
        ],
        dim=1,
    )
    return [PairOutcome(*row) for row in columns.detach().tolist()]
