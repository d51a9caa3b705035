"""The worker process on a real Temporal server: results, heartbeats, cancel, crash, refusal."""

import asyncio
import json
import os
import signal
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.enums.v1 import PendingActivityState
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError, CancelledError
from temporalio.worker import Worker
from tiny_campaign import LORA, make_job, make_options, make_pairs, put_pairs
from train_once_workflow import TrainOnce
from trainer_worker import resident_of, start_trainer_worker

from laser.artifact_store import ArtifactStore
from laser.contract import BaseModel, FingerprintJob, StepLabel, TrainingJob, TrainingResult


@pytest.fixture
def worker(temporal_server: str, store: ArtifactStore, tmp_path: Path):
    queue = f"train-{uuid.uuid4()}"
    with start_trainer_worker(temporal_server, queue, store.root, tmp_path) as process:
        yield temporal_server, queue, process


@asynccontextmanager
async def workflow_worker(address: str) -> AsyncIterator[Client]:
    client = await Client.connect(address, data_converter=pydantic_data_converter)
    async with Worker(client, task_queue="workflows", workflows=[TrainOnce]):
        yield client


async def start(
    client: Client, name: str, job: TrainingJob | FingerprintJob | dict[str, Any], queue: str
) -> WorkflowHandle[TrainOnce, dict[str, Any]]:
    wire = job if isinstance(job, dict) else json.loads(job.model_dump_json())
    return await client.start_workflow(
        TrainOnce.run, args=[name, wire, queue], id=f"train-{uuid.uuid4()}", task_queue="workflows"
    )


async def heartbeat_details(handle: WorkflowHandle[Any, Any]) -> dict[str, Any] | None:
    for pending in (await handle.describe()).raw_description.pending_activities:
        if pending.state == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED:
            for payload in pending.heartbeat_details.payloads:
                return json.loads(payload.data)
    return None


async def wait_for_progress(handle: WorkflowHandle[Any, Any]) -> dict[str, Any]:
    for _ in range(1200):
        details = await heartbeat_details(handle)
        if details is not None and details["optimizerStep"] > 0:
            return details
        await asyncio.sleep(0.1)
    raise AssertionError("No heartbeat with progress within two minutes.")


async def failure_of(handle: WorkflowHandle[Any, Any]) -> ApplicationError:
    with pytest.raises(WorkflowFailureError) as raised:
        await handle.result()
    cause = raised.value.cause.__cause__
    assert isinstance(cause, ApplicationError), repr(cause)
    return cause


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(coroutine, timeout=400))


def long_job(base: BaseModel, store: ArtifactStore, seed: int) -> TrainingJob:
    """Hundreds of small optimiser steps: long enough to be interrupted in the middle."""
    pairs = put_pairs(store, make_pairs(seed, prompts=200, pairs_per_prompt=5))
    return make_job(base, pairs, options=make_options(miniBatchSize=2))


def test_a_round_is_trained_once_and_then_found(worker, base: BaseModel, store: ArtifactStore):
    address, queue, _ = worker

    async def scenario() -> None:
        async with workflow_worker(address) as client:
            job = make_job(base, put_pairs(store, make_pairs(1)))
            first = await (await start(client, "trainPolicy", job, queue)).result()
            elsewhere = job.model_copy(
                update={
                    "label": StepLabel(campaign_id="other", iteration=9, round=9),
                    "base_model": base.model_copy(update={"path": "/nowhere"}),
                }
            )
            again = await (await start(client, "trainPolicy", elsewhere, queue)).result()
        TrainingResult.model_validate_json(json.dumps(first))
        assert first["reused"] is False and again["reused"] is True
        assert again == first | {"reused": True}
        journal = (store.root / "journal.jsonl").read_text().splitlines()
        assert [json.loads(line)["label"]["campaignId"] for line in journal] == ["tiny"]

    run(scenario())


def test_a_fingerprint_through_the_worker(worker, base: BaseModel):
    address, queue, _ = worker

    async def scenario() -> None:
        async with workflow_worker(address) as client:
            job = FingerprintJob(
                label=StepLabel(campaign_id="tiny", iteration=0, round=0),
                base_model=base,
                lora=LORA,
                adapter=None,
                probes=[[5, 6, 7], [8, 9]],
            )
            result = await (await start(client, "fingerprintPolicy", job, queue)).result()
        assert len(result["logprobs"]) == 2 and all(value < 0 for value in result["logprobs"])

    run(scenario())


def test_heartbeats_and_cancellation(worker, base: BaseModel, store: ArtifactStore):
    address, queue, process = worker

    async def scenario() -> None:
        async with workflow_worker(address) as client:
            handle = await start(client, "trainPolicy", long_job(base, store, 2), queue)
            details = await wait_for_progress(handle)
            assert details["optimizerSteps"] == 500 and details["loss"] > 0
            resident = resident_of(process.pid)
            await handle.cancel()
            with pytest.raises(WorkflowFailureError) as raised:
                await handle.result()
            assert isinstance(raised.value.cause, CancelledError) or isinstance(
                raised.value.cause.__cause__, CancelledError
            )
            assert not Path(f"/proc/{resident}").exists()
            assert not (store.root / "steps").exists()

            job = make_job(base, put_pairs(store, make_pairs(3)))
            after = await (await start(client, "trainPolicy", job, queue)).result()
            assert after["reused"] is False

    run(scenario())


def test_a_killed_resident_is_started_again_with_the_same_bytes(
    worker, base: BaseModel, store: ArtifactStore, runner
):
    address, queue, process = worker
    job = long_job(base, store, 4)

    async def scenario() -> dict[str, Any]:
        async with workflow_worker(address) as client:
            handle = await start(client, "trainPolicy", job, queue)
            await wait_for_progress(handle)
            os.kill(resident_of(process.pid), signal.SIGKILL)
            result = await handle.result()
            history = (await handle.fetch_history()).events
            failures = [
                event.activity_task_started_event_attributes.last_failure
                for event in history
                if event.HasField("activity_task_started_event_attributes")
            ]
            assert [f.application_failure_info.type for f in failures] == ["TrainerCrashed"]
            assert "SIGKILL" in failures[0].message
            return result

    interrupted = asyncio.run(asyncio.wait_for(scenario(), timeout=400))
    undisturbed = runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)["output"]
    assert {name: interrupted[name] for name in undisturbed} == undisturbed


def test_failures_that_no_retry_mends_come_at_once(worker, base: BaseModel, store: ArtifactStore):
    address, queue, _ = worker
    pairs = put_pairs(store, make_pairs(5))

    async def scenario() -> None:
        async with workflow_worker(address) as client:
            overflowing = make_job(base, pairs, options=make_options(learningRate=1e30))
            failure = await failure_of(await start(client, "trainPolicy", overflowing, queue))
            assert (failure.type, failure.non_retryable) == ("NonFiniteLoss", True)
            tried = failure.details[0]
            assert (tried["attempts"], tried["iteration"], tried["round"]) == (1, 1, 1)
            assert tried["seconds"] > 0

            wrong = json.loads(make_job(base, pairs).model_dump_json())
            wrong["options"]["betta"] = wrong["options"].pop("beta")
            failure = await failure_of(await start(client, "trainPolicy", wrong, queue))
            assert (failure.type, failure.non_retryable) == ("ConfigInvalid", True)
            assert "options.betta" in failure.message

            absent = pairs.model_copy(update={"sha256": "0" * 64})
            failure = await failure_of(
                await start(client, "trainPolicy", make_job(base, absent), queue)
            )
            assert (failure.type, failure.non_retryable) == ("ArtifactMissing", True)

            nowhere = base.model_copy(update={"path": "/nowhere", "revision": "other"})
            failure = await failure_of(
                await start(client, "trainPolicy", make_job(nowhere, pairs), queue)
            )
            assert (failure.type, failure.non_retryable) == ("ModelNotFound", True)

    run(scenario())


def test_sigterm_lets_the_running_step_finish(worker, base: BaseModel, store: ArtifactStore):
    address, queue, process = worker

    async def scenario() -> None:
        async with workflow_worker(address) as client:
            pairs = put_pairs(store, make_pairs(6, prompts=150, pairs_per_prompt=4))
            job = make_job(base, pairs, options=make_options(miniBatchSize=2))
            handle = await start(client, "trainPolicy", job, queue)
            await wait_for_progress(handle)
            resident = resident_of(process.pid)
            process.send_signal(signal.SIGTERM)
            assert (await handle.result())["reused"] is False
            assert await asyncio.to_thread(process.wait, 30) == 0
            assert not Path(f"/proc/{resident}").exists()

    run(scenario())


def test_the_resident_ends_with_its_worker(worker):
    _, _, process = worker
    resident = resident_of(process.pid)
    process.kill()
    process.wait()

    async def gone() -> None:
        while Path(f"/proc/{resident}").exists():
            await asyncio.sleep(0.05)

    asyncio.run(asyncio.wait_for(gone(), timeout=5))


def test_a_worker_whose_resident_cannot_start_says_so_and_ends(
    temporal_server: str, store: ArtifactStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "torch.py").write_text("raise ImportError('no torch on this machine')")
    monkeypatch.syspath_prepend(tmp_path)
    with (
        pytest.raises(RuntimeError, match="no torch on this machine"),
        start_trainer_worker(temporal_server, "train-never", store.root, tmp_path),
    ):
        pass
