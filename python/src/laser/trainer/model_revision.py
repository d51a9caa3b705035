import hashlib
from pathlib import Path

from laser.artifact_store import canonical_json


def model_revision(folder: Path) -> str:
    """SHA-256 of the canonical JSON of {file name: its SHA-256}; sub-folders are left out.

    The same as config/model-revision.ts, which puts it into the job.
    """
    hashes: dict[str, str] = {}
    for path in folder.iterdir():
        if path.is_file():
            with open(path, "rb") as file:
                hashes[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashlib.sha256(canonical_json(hashes)).hexdigest()
