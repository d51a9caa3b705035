import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """The folder, absent or empty before, appears whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        fresh.chmod(0o755)
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        if out.exists():
            out.rmdir()
        fresh.rename(out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
