"""A stage of the build is done if and only if its output exists: it is made under another name and
renamed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from laser.recipe.progress import announce


def run_stage(output: Path, make: Callable[[Path], None]) -> None:
    """Calls `make` with an unused sibling path, unless `output` is there from an earlier build."""
    if output.exists():
        announce(f"{output.name}: kept from an earlier build")
        return
    partial = output.with_name(f".partial-{output.name}")
    if partial.is_dir():
        shutil.rmtree(partial)
    output.parent.mkdir(parents=True, exist_ok=True)
    make(partial)
    os.replace(partial, output)
