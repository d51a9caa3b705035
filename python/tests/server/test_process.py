"""The server as a process: its command line, ready file and end."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conformance.live_server import SOURCE
from laser.server.arguments import parse_arguments

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE), "OMP_NUM_THREADS": "1"}
PARENT = """
import subprocess, sys
print(subprocess.Popen([sys.executable, "-m", "laser.server", *sys.argv[1:]]).pid, flush=True)
sys.stdin.read()
"""


def test_arguments_need_no_heavy_import() -> None:
    code = "import laser.server.arguments, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "--model"),
        (["--model", "nothing"], "NAME=PATH"),
        (["--model", "a=/nowhere"], "config.json is missing"),
        (["--model", "a={policy}:judge"], "task 'judge' is unknown"),
        (["--model", "a={policy}", "--model", "a={policy}"], "named twice"),
    ],
)
def test_usage_errors(
    arguments: list[str],
    complaint: str,
    checkpoints: dict[str, Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    filled = [argument.format(policy=checkpoints["policy"]) for argument in arguments]
    with pytest.raises(SystemExit) as stopped:
        parse_arguments(filled)
    assert stopped.value.code == 2
    assert complaint in capsys.readouterr().err


def test_server_ends_with_its_parent(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    model = f"policy={checkpoints['policy']}"
    command = ["--model", model, "--ready-file", str(ready), "--exit-with-parent"]
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *command],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    server = int(parent.stdout.readline())
    _until(ready.is_file, 120)
    assert json.loads(ready.read_text())["pid"] == server
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    _until(lambda: not _runs(server), 20)


def _until(done: object, seconds: float) -> None:
    assert callable(done)
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, f"not after {seconds} s"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
