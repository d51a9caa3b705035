import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


@contextmanager
def start_temporal_server(folder: Path) -> Iterator[str]:
    """A development server of its own on a free port; gives its HOST:PORT."""
    cli = os.environ.get("LASER_TEMPORAL_CLI") or shutil.which("temporal")
    if cli is None:
        raise RuntimeError(
            "These tests need Temporal's CLI: put `temporal` on PATH or set LASER_TEMPORAL_CLI."
        )
    port = free_port()
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen(
            [
                *(cli, "server", "start-dev", "--headless", "--ip", "127.0.0.1"),
                *("--port", str(port), "--db-filename", str(folder / "temporal.db")),
                *("--log-level", "error"),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_open(port, process, folder / "server.log")
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_open(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"Temporal's development server did not start: {log.read_text()}")
