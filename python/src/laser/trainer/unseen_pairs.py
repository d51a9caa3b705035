import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import torch

from laser.artifact_store import ArtifactStore, canonical_json_lines
from laser.contract import (
    ArtifactRef,
    FailureType,
    MediaType,
    TrainingJob,
    TrainingOptions,
    UnseenLoss,
)
from laser.trainer.completion_logps import completion_logps
from laser.trainer.micro_batches import MicroBatch, plan_micro_batches, token_budget
from laser.trainer.optimizer_step import pair_terms
from laser.trainer.policy_model import PolicyModel
from laser.trainer.token_pairs import TokenPair, read_pairs
from laser.trainer.trainer_failure import TrainerFailure


@dataclass(frozen=True)
class UnseenPairs:
    """Pairs that a step does not train on: how far their loss falls says whether the preference
    that the others hold carries over."""

    model: PolicyModel
    options: TrainingOptions
    pairs: list[TokenPair]
    micro_batches: list[MicroBatch]
    reference: list[torch.Tensor]

    @classmethod
    def read(cls, model: PolicyModel, store: ArtifactStore, job: TrainingJob) -> Self:
        """The job's unseen pairs, none if it names none. The model must hold the reference."""
        source = job.unseen_pairs
        pairs = [] if source is None else read_pairs(store, source, job, model.vocabulary)
        micro_batches = plan_micro_batches(
            pairs, token_budget(model.vocabulary), job.options.micro_batch_size
        )
        with torch.no_grad():
            reference = [completion_logps(model, batch.sequences) for batch in micro_batches]
        return cls(model, job.options, pairs, micro_batches, reference)

    def losses(self) -> list[float]:
        """Preference loss of each pair under the model's present weights, nats."""
        losses = [0.0] * len(self.pairs)
        with torch.no_grad():
            for batch, reference in zip(self.micro_batches, self.reference, strict=True):
                logps = completion_logps(self.model, batch.sequences)
                terms = pair_terms(batch, logps, reference, self.options)
                for index, loss in zip(batch.indices, terms.preference.tolist(), strict=True):
                    losses[index] = loss
        return losses

    def put(
        self, store: ArtifactStore, before: Sequence[float], after: Sequence[float]
    ) -> ArtifactRef | None:
        """Stores the losses, one line a pair; None without pairs."""
        if not self.pairs:
            return None
        if not all(math.isfinite(loss) for loss in [*before, *after]):
            raise TrainerFailure(
                FailureType.NON_FINITE_LOSS,
                "The loss of a pair kept out of the step is not finite, so nothing was recorded. "
                f"Lower learningRate ({self.options.learning_rate}) or maxGradNorm.",
            )
        lines = [
            UnseenLoss(pair=pair.place, prompt_id=pair.prompt_id, before=first, after=last)
            for pair, first, last in zip(self.pairs, before, after, strict=True)
        ]
        return store.put(
            canonical_json_lines(line.model_dump() for line in lines), MediaType.JSON_LINES
        )
