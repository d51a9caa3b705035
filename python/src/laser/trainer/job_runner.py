import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers.utils import logging as transformers_logging

from laser.artifact_store import ArtifactCorrupt, ArtifactMissing, ArtifactStore
from laser.contract import BaseModel, FailureType, FingerprintJob, LoraShape, Precision, TrainingJob
from laser.trainer.fingerprint_policy import fingerprint_policy
from laser.trainer.policy_model import PolicyModel
from laser.trainer.train_policy import ReportProgress, train_policy
from laser.trainer.trainer_failure import TrainerFailure
from laser.trainer.trainer_state import TrainerState, continuation_digest


@dataclass(frozen=True)
class HeldState:
    """The state of the newest checkpoint, kept for the job that continues from it."""

    checkpoint: str
    continuation: str
    state: TrainerState


class JobRunner:
    """Runs jobs one after another on one base model, which is loaded once."""

    def __init__(self, store: Path, threads: int) -> None:
        torch.set_num_threads(threads)
        torch.use_deterministic_algorithms(True)
        transformers_logging.disable_progress_bar()
        self.store = ArtifactStore(store)
        self.model: PolicyModel | None = None
        self.held: HeldState | None = None

    def run(self, request: str, job: Any, report: ReportProgress) -> dict[str, Any]:
        """The answer to a request, as the resident process sends it."""
        try:
            if request == "trainPolicy":
                output = self.train(TrainingJob.model_validate_json(job), report)
            elif request == "fingerprintPolicy":
                output = self.fingerprint(FingerprintJob.model_validate_json(job))
            else:
                raise ValueError(f"The resident trainer knows no request {request!r}.")
            return {"event": "result", "output": output}
        except Exception as error:
            self.held = None
            return describe_failure(error)

    def train(self, job: TrainingJob, report: ReportProgress) -> dict[str, Any]:
        held, self.held = self.held, None
        continues = (
            held is not None
            and job.checkpoint is not None
            and held.checkpoint == job.checkpoint.sha256
            and held.continuation == continuation_digest(job)
        )
        trained = train_policy(
            self.model_for(job.base_model, job.lora, job.options.precision),
            self.store,
            job,
            held.state if held is not None and continues else None,
            report,
        )
        self.held = HeldState(trained.checkpoint.sha256, continuation_digest(job), trained.state)
        return {
            "adapter": trained.adapter.model_dump(),
            "checkpoint": trained.checkpoint.model_dump(),
            "metrics": trained.metrics.model_dump(),
            "pairLosses": trained.pair_losses.model_dump(),
            "unseenLosses": trained.unseen_losses and trained.unseen_losses.model_dump(),
        }

    def fingerprint(self, job: FingerprintJob) -> dict[str, Any]:
        model = self.model_for(job.base_model, job.lora, job.precision)
        return {"logprobs": fingerprint_policy(model, self.store, job)}

    def model_for(
        self, base: BaseModel, lora: LoraShape, precision: Precision = "float32"
    ) -> PolicyModel:
        model = self.model
        if model is not None and (model.revision, model.lora, model.precision) == (
            base.revision,
            lora,
            precision,
        ):
            return model
        # The old one goes before the new one is loaded: there may not be room for both.
        model = self.model = None
        self.model = PolicyModel(base, lora, precision)
        return self.model


def describe_failure(error: Exception) -> dict[str, Any]:
    if isinstance(error, TrainerFailure):
        failure_type, message = str(error.failure_type), error.message
    elif isinstance(error, ArtifactCorrupt | ArtifactMissing):
        failure_type, message = str(error.failure_type), str(error)
    elif isinstance(error, MemoryError | torch.OutOfMemoryError) or "allocate memory" in str(error):
        failure_type = str(FailureType.OUT_OF_MEMORY)
        message = (
            f"The trainer ran out of memory: {error}. Free memory on this machine, or lower "
            "training.microBatchSize or maxLength; precision bfloat16 halves the base model."
        )
    else:
        failure_type = type(error).__name__
        message = "".join(traceback.format_exception(error))
    return {"event": "failure", "failureType": failure_type, "message": message}
