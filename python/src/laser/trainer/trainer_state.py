import hashlib
from dataclasses import dataclass

import torch

from laser.artifact_store import canonical_json
from laser.contract import TrainingJob
from laser.trainer.policy_model import Weights


@dataclass(frozen=True)
class Counters:
    """What the iteration has done up to this checkpoint."""

    rounds: int
    optimizer_steps: int
    pairs: int
    tokens: int


@dataclass(frozen=True)
class TrainerState:
    """All that the next round's step needs beyond its job. Tensors on the CPU, never changed.

    `weights`, `exp_avg` and `exp_avg_sq` share names and shapes; `steps` are scalars; `rng` is
    torch's generator state, uint8.
    """

    weights: Weights
    exp_avg: Weights
    exp_avg_sq: Weights
    steps: Weights
    rng: torch.Tensor
    counters: Counters


def continuation_digest(job: TrainingJob) -> str:
    """SHA-256 of what must stay the same from a checkpoint to the step that continues it."""
    fixed = {
        "baseModel": {"name": job.base_model.name, "revision": job.base_model.revision},
        "lora": job.lora.model_dump(),
        "options": job.options.model_dump(),
    }
    return hashlib.sha256(canonical_json(fixed)).hexdigest()
