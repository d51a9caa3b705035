"""The embedded server as a process of its own, found by its ready file."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
START_SECONDS = 120


@contextmanager
def live_server(*arguments: str) -> Iterator[str]:
    """Run `python -m laser.server *arguments`; the block gets its URL once it answers."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        command = [sys.executable, "-m", "laser.server", "--ready-file", str(ready), *arguments]
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen([*command, "--exit-with-parent"], env=environment)
        try:
            yield _wait(process, ready)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], ready: Path) -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if ready.is_file():
            announced = json.loads(ready.read_text(encoding="utf-8"))
            assert announced["pid"] == process.pid
            return str(announced["url"])
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        time.sleep(0.05)
    raise RuntimeError(f"the server was not ready after {START_SECONDS} s")
