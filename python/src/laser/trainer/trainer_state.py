import hashlib
from dataclasses import dataclass

import torch

from laser.artifact_store import canonical_json
from laser.contract import TrainingJob
from laser.trainer.policy_model import Weights

FORMAT_VERSION = 2
"""Of a checkpoint's files; format 1 is read too."""


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


def continuation_digest(job: TrainingJob, format_version: int = FORMAT_VERSION) -> str:
    """SHA-256 of what must stay the same from a checkpoint to the step that continues it.

    The learning rate may change from round to round; checkpoints of format 1 held it fast.
    """
    fixed = {
        "baseModel": {"name": job.base_model.name, "revision": job.base_model.revision},
        "lora": job.lora.model_dump(),
        "options": job.options.model_dump(
            exclude_defaults=True, exclude=None if format_version == 1 else {"learning_rate"}
        ),
    }
    return hashlib.sha256(canonical_json(fixed)).hexdigest()
