import os
from typing import Any

from pydantic import ValidationError

from laser.artifact_store.artifact_error import ArtifactMissing
from laser.artifact_store.artifacts_present import artifacts_present
from laser.artifact_store.canonical_json import canonical_json
from laser.artifact_store.store import ArtifactStore
from laser.contract import StepRecord


def find_step_record(store: ArtifactStore, key: str) -> StepRecord | None:
    """The record of the step with this key, if every artifact of its output is still there.

    A record that cannot be read is moved to quarantine: the step will be done again.
    """
    path = store.step_path(key)
    try:
        data = store.read_inside(path, f"Step record {key}")
    except ArtifactMissing:
        return None
    record = parse_record(data)
    if record is None or record.key != key:
        store.quarantine(path)
        return None
    return record if artifacts_present(store, record.output) else None


def put_step_record(store: ArtifactStore, record: StepRecord) -> StepRecord:
    """Keeps `record` if it is the first usable one with its key; returns the one that is kept.

    One whose artifacts are gone is replaced. The caller has won when it gets its own object back.
    """
    path = store.step_path(record.key)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = store.write_temporary(canonical_json(record.model_dump()))
    try:
        os.link(temporary, path)
    except FileExistsError:
        first = find_step_record(store, record.key)
        if first is not None:
            return first
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return record


def parse_record(data: bytes) -> StepRecord | None:
    try:
        return StepRecord.model_validate_json(data)
    except ValidationError:
        return None


def append_journal(store: ArtifactStore, record: StepRecord, label: Any, won: bool) -> None:
    """Notes that this process has finished a step's work, after the attempt to record it.

    Two lines with one key are work that was done twice; each but one says that it did not win.
    """
    entry = {
        "key": record.key,
        "label": label,
        "seconds": record.seconds,
        "step": record.step,
        "won": won,
    }
    store.root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(
        store.root / "journal.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644
    )
    try:
        os.write(descriptor, canonical_json(entry) + b"\n")
    finally:
        os.close(descriptor)
