"""The worker's handle on its resident process, without Temporal."""

import signal
import threading
import time

import pytest
import torch
from tiny_campaign import make_job, make_options, make_pairs, put_pairs

from laser.artifact_store import ArtifactStore
from laser.contract import BaseModel, FailureType
from laser.trainer.job_runner import describe_failure
from laser.trainer.resident_trainer import ResidentTrainer
from laser.trainer.trainer_failure import TrainerFailure


@pytest.fixture
def resident(store: ArtifactStore, source_on_path: None):
    trainer = ResidentTrainer(store.root)
    yield trainer
    trainer.kill()


def test_an_exception_of_the_caller_ends_the_process_and_the_next_job_starts_one(
    resident: ResidentTrainer, base: BaseModel, store: ArtifactStore
):
    job = make_job(base, put_pairs(store, make_pairs(1))).model_dump_json()

    def cancel(_: object) -> None:
        raise KeyboardInterrupt

    resident.start()
    first = resident.process
    assert first is not None
    with pytest.raises(KeyboardInterrupt):
        resident.run("trainPolicy", job, cancel)
    assert first.poll() == -signal.SIGKILL
    assert "adapter" in resident.run("trainPolicy", job, lambda _: None)


def test_a_process_that_died_between_jobs_is_replaced_in_silence(
    resident: ResidentTrainer, base: BaseModel, store: ArtifactStore
):
    job = make_job(base, put_pairs(store, make_pairs(1))).model_dump_json()
    output = resident.run("trainPolicy", job, lambda _: None)
    assert resident.process is not None
    resident.process.kill()
    resident.process.wait()
    assert resident.run("trainPolicy", job, lambda _: None) == output


def test_the_process_outlives_the_thread_that_asked_for_it(resident: ResidentTrainer):
    thread = threading.Thread(target=resident.start)
    thread.start()
    thread.join()
    time.sleep(0.5)
    assert resident.process is not None and resident.process.poll() is None


def test_a_crash_is_told_with_the_last_lines_of_stderr(store: ArtifactStore, source_on_path: None):
    trainer = ResidentTrainer(store.root)
    trainer.command += ["--no-such-option"]
    with pytest.raises(TrainerFailure) as raised:
        trainer.run("trainPolicy", "{}", lambda _: None)
    assert raised.value.failure_type == FailureType.TRAINER_CRASHED and raised.value.retryable
    assert "exit code 2" in raised.value.message
    assert "--no-such-option" in raised.value.message


def test_progress_ends_at_the_last_optimiser_step_or_before(
    resident: ResidentTrainer, base: BaseModel, store: ArtifactStore
):
    pairs = put_pairs(store, make_pairs(1, prompts=200, pairs_per_prompt=2))
    job = make_job(base, pairs, options=make_options(miniBatchSize=4))
    seen: list[int] = []

    def note(progress: dict | None) -> None:
        if progress is not None:
            assert progress["optimizerSteps"] == 100
            seen.append(progress["optimizerStep"])

    resident.run("trainPolicy", job.model_dump_json(), note)
    assert seen and seen == sorted(seen) and seen[-1] <= 100


def test_an_unforeseen_exception_may_be_tried_again_in_a_new_process(resident: ResidentTrainer):
    resident.start()
    first = resident.process
    with pytest.raises(TrainerFailure) as raised:
        resident.run("noSuchRequest", "{}", lambda _: None)
    assert (raised.value.failure_type, raised.value.retryable) == ("ValueError", True)
    assert first is not None and first.poll() is not None


def test_running_out_of_memory_is_told_apart():
    with pytest.raises(RuntimeError) as raised:
        torch.empty(2**55)
    answer = describe_failure(raised.value)
    assert answer["failureType"] == "OutOfMemory"
    assert TrainerFailure(FailureType.OUT_OF_MEMORY, "").retryable
