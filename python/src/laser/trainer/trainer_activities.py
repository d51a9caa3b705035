import time
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import ValidationError
from temporalio import activity
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError, CancelledError

from laser.artifact_store import ArtifactCorrupt, ArtifactMissing, ArtifactStore
from laser.contract import (
    FailureType,
    FingerprintJob,
    FingerprintResult,
    StepLabel,
    TrainingJob,
    TrainingResult,
)
from laser.trainer.cached_step import StepOutput, cached_step
from laser.trainer.resident_trainer import Progress, ResidentTrainer
from laser.trainer.trainer_failure import TrainerFailure

HEARTBEAT_SECONDS = 1.0
STEP_VERSION = 1
NOT_STARTED: Progress = {"optimizerStep": 0, "optimizerSteps": 0, "loss": None}

Job = TypeVar("Job", TrainingJob, FingerprintJob)


class TrainerActivities:
    """The activities of the train queue. One resident trainer serves them, one job at a time."""

    def __init__(self, store: ArtifactStore, resident: ResidentTrainer) -> None:
        self.store = store
        self.resident = resident

    @activity.defn(name="trainPolicy", no_thread_cancel_exception=True)
    def train_policy(self, payload: RawValue) -> TrainingResult:
        """One round's training step (contract/training.ts)."""
        job = parse_job(TrainingJob, payload)
        step = self.run_step("trainPolicy", job, training_inputs(job))
        return TrainingResult.model_validate(
            step.output | {"seconds": step.seconds, "reused": step.reused}
        )

    @activity.defn(name="fingerprintPolicy", no_thread_cancel_exception=True)
    def fingerprint_policy(self, payload: RawValue) -> FingerprintResult:
        """Log-probabilities of fixed token sequences under a policy (contract/training.ts)."""
        job = parse_job(FingerprintJob, payload)
        step = self.run_step("fingerprintPolicy", job, fingerprint_inputs(job))
        return FingerprintResult.model_validate(
            step.output | {"seconds": step.seconds, "reused": step.reused}
        )

    def run_step(self, step: str, job: TrainingJob | FingerprintJob, inputs: Any) -> StepOutput:
        def work() -> Any:
            return self.resident.run(step, job.model_dump_json(), Heartbeat())

        try:
            return cached_step(self.store, step, STEP_VERSION, inputs, job.label, work)
        except TrainerFailure as failure:
            raise ApplicationError(
                failure.message,
                failed_attempts(job.label),
                type=failure.failure_type,
                non_retryable=not failure.retryable,
            ) from failure
        except (ArtifactCorrupt, ArtifactMissing) as error:
            raise ApplicationError(
                str(error), failed_attempts(job.label), type=error.failure_type, non_retryable=True
            ) from error


def failed_attempts(label: StepLabel) -> dict[str, Any]:
    """How often this activity was tried so far, over how long (contract/campaign-failure.ts)."""
    info = activity.info()
    seconds = (datetime.now(tz=UTC) - info.scheduled_time).total_seconds()
    return {
        "attempts": info.attempt,
        "seconds": max(0.0, seconds),
        "iteration": label.iteration,
        "round": label.round,
    }


class Heartbeat:
    """Passes progress on about once a second and raises when the activity is cancelled."""

    def __init__(self) -> None:
        self.last = -HEARTBEAT_SECONDS

    def __call__(self, progress: Progress | None) -> None:
        if activity.is_cancelled():
            raise CancelledError("The training step was cancelled; nothing of it was stored.")
        if time.monotonic() - self.last >= HEARTBEAT_SECONDS:
            self.last = time.monotonic()
            activity.heartbeat(progress or NOT_STARTED)


def training_inputs(job: TrainingJob) -> dict[str, Any]:
    """What determines a training step's result: all but the label and where the model lies.

    An option at its default is left out, so that a new one changes no key of steps without it.
    """
    return job.model_dump(exclude={"label": True, "base_model": {"path"}}, exclude_defaults=True)


def fingerprint_inputs(job: FingerprintJob) -> dict[str, Any]:
    return job.model_dump(exclude={"label": True, "base_model": {"path"}}, exclude_defaults=True)


def parse_job(shape: type[Job], payload: RawValue) -> Job:
    """Parsed here and not by the data converter, whose failures are retried without end."""
    try:
        return shape.model_validate_json(payload.payload.data)
    except ValidationError as error:
        raise ApplicationError(
            f"The {shape.__name__} is not as contract/training.ts has it: {error}",
            type=FailureType.CONFIG_INVALID,
            non_retryable=True,
        ) from error
