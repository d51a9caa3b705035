import os
import subprocess
import sys
import time
from pathlib import Path

CHILD = """
import signal, sys, time
sys.path[:0] = {path!r}
from laser.trainer.exit_with_parent import exit_with_parent
exit_with_parent(signal.SIGTERM)
print("ready", flush=True)
time.sleep(60)
"""

PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {child!r}], stdout=subprocess.PIPE, text=True)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_process_ends_with_the_one_that_started_it():
    child = CHILD.format(path=sys.path)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(child=child)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child_id = int(parent.stdout.readline())
    assert running(child_id)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while running(child_id) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(child_id)


def running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    # Orphans that nobody has waited for yet are zombies.
    return "State:\tZ" not in Path(f"/proc/{process_id}/status").read_text()
