import asyncio
import json
import logging
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfigProfile
from temporalio.worker import Worker

from laser.artifact_store import ArtifactStore
from laser.trainer.resident_trainer import ResidentTrainer
from laser.trainer.trainer_activities import TrainerActivities

logger = logging.getLogger(__name__)
READY_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class WorkerOptions:
    """`address` and `namespace` win over TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE."""

    address: str | None
    namespace: str | None
    task_queue: str
    store: Path
    threads: int
    ready_file: Path | None
    graceful_shutdown: timedelta


async def run_worker(options: WorkerOptions) -> None:
    """Serves the train queue until SIGTERM or SIGINT, then lets a running step finish."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    resident = ResidentTrainer(options.store, options.threads)
    resident.start()
    try:
        client = await connect(options)
        with ThreadPoolExecutor(1, thread_name_prefix="activity") as executor:
            worker = Worker(
                client,
                task_queue=options.task_queue,
                activities=activities(ArtifactStore(options.store), resident),
                activity_executor=executor,
                max_concurrent_activities=1,
                graceful_shutdown_timeout=options.graceful_shutdown,
                # A cancellation arrives with the answer to a heartbeat: let them through.
                max_heartbeat_throttle_interval=timedelta(seconds=1),
                default_heartbeat_throttle_interval=timedelta(seconds=1),
            )
            async with worker:
                announced = asyncio.create_task(announce(resident, options))
                stopped = asyncio.create_task(stop.wait())
                await asyncio.wait({announced, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if announced.done():
                    announced.result()
                    await stopped
                announced.cancel()
                logger.info("Stopping: a running step has %s to finish.", options.graceful_shutdown)
    finally:
        resident.kill()


def activities(store: ArtifactStore, resident: ResidentTrainer) -> list:
    served = TrainerActivities(store, resident)
    return [served.train_policy, served.fingerprint_policy]


async def connect(options: WorkerOptions) -> Client:
    """Address, namespace, TLS and API key as Temporal's own environment variables have them."""
    config = ClientConfigProfile.load().to_client_connect_config()
    if options.address is not None:
        config["target_host"] = options.address
    if options.namespace is not None:
        config["namespace"] = options.namespace
    config.setdefault("target_host", "127.0.0.1:7233")
    return await Client.connect(**config, data_converter=pydantic_data_converter)


async def announce(resident: ResidentTrainer, options: WorkerOptions) -> None:
    """Writes the ready file once torch is imported and tasks are polled for.

    Raises:
        TrainerFailure: the resident process cannot start, so no job could be done.
    """
    while not resident.ready.is_set():
        if resident.process is not None and resident.process.poll() is not None:
            raise resident.crash("start-up")
        await asyncio.sleep(READY_POLL_SECONDS)
    logger.info("Trainer ready on task queue %s, store %s.", options.task_queue, options.store)
    if options.ready_file is not None:
        temporary = options.ready_file.with_name(f"{options.ready_file.name}.{os.getpid()}")
        temporary.write_text(json.dumps({"pid": os.getpid(), "taskQueue": options.task_queue}))
        temporary.replace(options.ready_file)
