import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY_SECONDS = 240


@contextmanager
def start_trainer_worker(
    address: str, task_queue: str, store: Path, folder: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """`python -m laser.trainer` as a process of its own, ready for work.

    It learns the address from Temporal's own environment variables.
    """
    ready = folder / "ready.json"
    ready.unlink(missing_ok=True)
    with open(folder / "worker.log", "ab") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "laser.trainer", "--task-queue", task_queue),
                *("--store", str(store), "--ready-file", str(ready), "--exit-with-parent"),
                *("--graceful-shutdown-seconds", "20"),
            ],
            env=os.environ
            | {
                "PYTHONPATH": os.pathsep.join(sys.path),
                "TEMPORAL_ADDRESS": address,
                "TEMPORAL_NAMESPACE": "default",
            },
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"No worker: {(folder / 'worker.log').read_text()}")
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def resident_of(worker: int) -> int:
    """Process id of a worker's resident trainer."""
    children = Path(f"/proc/{worker}/task").glob("*/children")
    ids = [int(child) for file in children for child in file.read_text().split()]
    if len(ids) != 1:
        raise RuntimeError(f"Worker {worker} has the children {ids} instead of one.")
    return ids[0]
