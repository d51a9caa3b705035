"""The resident trainer process: torch, the base model and the newest state, fed job by job.

Started by `ResidentTrainer`. Requests come as JSON lines on stdin: {"request", "job"}. Answers go
as JSON lines to stdout: {"event": "ready"}, {"event": "progress", optimizerStep, optimizerSteps,
loss}, and then one of {"event": "result", "output"} and {"event": "failure", failureType, message}.
It ends with its parent.
"""

import argparse
import json
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, TextIO

from laser.trainer.exit_with_parent import exit_with_parent
from laser.without_collection import without_collection

PROGRESS_SECONDS = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m laser.trainer.resident")
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()
    exit_with_parent(signal.SIGKILL)
    answers = take_stdout()
    requests = read_requests()

    # Only now: torch takes seconds to import, and the parent's death must be seen meanwhile.
    with without_collection():
        from laser.trainer.job_runner import JobRunner

    runner = JobRunner(options.store, options.threads)
    answer(answers, {"event": "ready"})
    while True:
        request = json.loads(requests.get())
        last_report = 0.0

        def report(optimizer_step: int, optimizer_steps: int, loss: float) -> None:
            nonlocal last_report
            if time.monotonic() - last_report >= PROGRESS_SECONDS:
                last_report = time.monotonic()
                progress = {
                    "optimizerStep": optimizer_step,
                    "optimizerSteps": optimizer_steps,
                    "loss": loss,
                }
                answer(answers, {"event": "progress", **progress})

        answer(answers, runner.run(request["request"], request["job"], report))


def take_stdout() -> TextIO:
    """Stdout for answers alone: whatever a library prints goes to stderr."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def read_requests() -> "queue.Queue[str]":
    requests: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            requests.put(line)
        os._exit(0)

    threading.Thread(target=read, name="requests", daemon=True).start()
    return requests


def answer(answers: TextIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message, allow_nan=False) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
