from typing import Any

from pydantic import ValidationError

from laser.artifact_store.artifact_error import ArtifactError
from laser.artifact_store.bundle import object_ref, read_bundle_manifest
from laser.artifact_store.store import ArtifactStore
from laser.contract import ArtifactRef, MediaType


def artifacts_present(store: ArtifactStore, value: Any) -> bool:
    """Whether every artifact that a step's output names is there, files of bundles included."""
    if isinstance(value, list):
        return all(artifacts_present(store, part) for part in value)
    if not isinstance(value, dict):
        return True
    try:
        ref = ArtifactRef.model_validate(value)
    except ValidationError:
        return all(artifacts_present(store, part) for part in value.values())
    if not store.has(ref):
        return False
    if ref.media_type != MediaType.BUNDLE:
        return True
    try:
        files = read_bundle_manifest(store, ref).files
    except ArtifactError:
        return False
    return all(store.has(object_ref(name, file)) for name, file in files.items())
