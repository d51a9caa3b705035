import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["laser.artifact_store", "laser.trainer.worker"])
def test_torch_is_left_to_the_resident_process(module: str):
    """A worker heartbeats beside a resident that may run out of memory; it must stay light."""
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}; import {module}; print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
