import os
from typing import Any

from pydantic import ValidationError

from laser.artifact_store.artifact_error import ArtifactCorrupt, ArtifactMissing
from laser.artifact_store.canonical_json import canonical_json
from laser.artifact_store.store import ArtifactStore
from laser.contract import StepRecord


def find_step_record(store: ArtifactStore, key: str) -> StepRecord | None:
    """The record of the step with this key, or None when it was never finished here."""
    path = store.root / "steps" / key[:2] / f"{key}.json"
    try:
        data = store.read_inside(path, f"Step record {key}")
    except ArtifactMissing:
        return None
    try:
        record = StepRecord.model_validate_json(data)
    except ValidationError as error:
        raise ArtifactCorrupt(
            f"Step record {key} cannot be read and was moved to {store.quarantine(path)}; "
            f"the step will run again: {error}"
        ) from error
    if record.key != key:
        raise ArtifactCorrupt(
            f"Step record {key} holds the record of {record.key} and was moved to "
            f"{store.quarantine(path)}; the step will run again."
        )
    return record


def put_step_record(store: ArtifactStore, record: StepRecord) -> StepRecord:
    """Keeps `record` if it is the first with its key; returns the one that is kept."""
    path = store.root / "steps" / record.key[:2] / f"{record.key}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = store.write_temporary(canonical_json(record.model_dump()))
    try:
        os.link(temporary, path)
    except FileExistsError:
        first = find_step_record(store, record.key)
        return record if first is None else first
    finally:
        temporary.unlink()
    return record


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
