import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from laser.contract import FailureType
from laser.trainer.trainer_failure import TrainerFailure

POLL_SECONDS = 0.2
STDERR_LINES = 20

Progress = dict[str, Any]


class ResidentTrainer:
    """The worker's handle on its resident trainer process (see `resident`): one job at a time."""

    def __init__(self, store: Path, threads: int = 1) -> None:
        self.command = [
            *(sys.executable, "-m", "laser.trainer.resident"),
            *("--store", str(store), "--threads", str(threads)),
        ]
        self.environment = os.environ | {
            "OMP_NUM_THREADS": str(threads),
            "TOKENIZERS_PARALLELISM": "false",
            "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        }
        # The kernel kills a child when the *thread* that started it ends; this one never does.
        self.starter = ThreadPoolExecutor(1, thread_name_prefix="resident-starter")
        self.lock = threading.Lock()
        self.process: subprocess.Popen[str] | None = None
        self.answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.stderr_tail: deque[str] = deque(maxlen=STDERR_LINES)
        self.ready = threading.Event()
        self.readers: list[threading.Thread] = []

    def start(self) -> None:
        """Starts the process if it is not running; returns before torch is imported."""
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.process = self.starter.submit(self.spawn).result()

    def spawn(self) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self.environment,
            start_new_session=True,
        )
        self.answers = queue.Queue()
        self.stderr_tail = deque(maxlen=STDERR_LINES)
        self.ready = threading.Event()
        self.readers = []
        for target in (read_answers, read_stderr):
            arguments = (process, self.answers, self.ready, self.stderr_tail)
            reader = threading.Thread(target=target, args=arguments, daemon=True)
            reader.start()
            self.readers.append(reader)
        return process

    def run(self, request: str, job: str, on_progress: Callable[[Progress | None], None]) -> Any:
        """Sends one job (JSON) and returns its output.

        `on_progress` is called several times a second with the newest progress, or None before
        the first; an exception from it kills the process and is raised on.

        Raises:
            TrainerFailure: the job failed, or the process died (TrainerCrashed). After a failure
                that may be the process's own, another is started for the next job.
        """
        self.start()
        process = self.process
        assert process is not None and process.stdin is not None
        try:
            process.stdin.write(json.dumps({"request": request, "job": job}) + "\n")
            process.stdin.flush()
            return self.wait_for_output(request, on_progress)
        except BrokenPipeError:
            raise self.crash(request) from None
        except BaseException as error:
            if not isinstance(error, TrainerFailure) or error.retryable:
                self.kill()
            raise

    def wait_for_output(self, request: str, on_progress: Callable[[Progress | None], None]) -> Any:
        progress: Progress | None = None
        while True:
            on_progress(progress)
            try:
                message = self.answers.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            if message is None:
                raise self.crash(request)
            event = message.pop("event")
            if event == "progress":
                progress = message
            elif event == "result":
                return message["output"]
            elif event == "failure":
                raise TrainerFailure(message["failureType"], message["message"])

    def crash(self, request: str) -> TrainerFailure:
        process = self.process
        assert process is not None
        code = process.wait()
        for reader in self.readers:
            reader.join(timeout=2)
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        tail = "".join(self.stderr_tail).strip() or "(nothing on stderr)"
        return TrainerFailure(
            FailureType.TRAINER_CRASHED,
            f"The resident trainer process ended by {how} during {request}. SIGKILL without a "
            f"cause here is mostly the kernel short of memory. Its last lines:\n{tail}",
        )

    def kill(self) -> None:
        """Ends the process at once; the next job starts another."""
        with self.lock:
            if self.process is not None:
                self.process.kill()
                self.process.wait()
                self.process = None


def read_answers(
    process: "subprocess.Popen[str]",
    answers: "queue.Queue[dict[str, Any] | None]",
    ready: threading.Event,
    _: "deque[str]",
) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        message = json.loads(line)
        if message["event"] == "ready":
            ready.set()
        else:
            answers.put(message)
    answers.put(None)


def read_stderr(
    process: "subprocess.Popen[str]", _: Any, __: threading.Event, tail: "deque[str]"
) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        tail.append(line)
        sys.stderr.write(line)
