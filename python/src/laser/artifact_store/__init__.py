"""Large values by the SHA-256 of their bytes, and the records of finished steps, on local disk.

Layout below the root, shared with the TypeScript side (artifact-store/):
objects/<2 hex>/<sha256>, steps/<2 hex>/<key>.json, bundles/<sha256>/, journal.jsonl, quarantine/,
tmp/.
"""

from laser.artifact_store.artifact_error import ArtifactCorrupt, ArtifactMissing
from laser.artifact_store.bundle import (
    materialise_bundle,
    put_bundle,
    read_bundle,
    read_bundle_manifest,
)
from laser.artifact_store.canonical_json import canonical_json, canonical_json_lines
from laser.artifact_store.step_cache import append_journal, find_step_record, put_step_record
from laser.artifact_store.step_key import step_key
from laser.artifact_store.store import ArtifactStore

__all__ = [
    "ArtifactCorrupt",
    "ArtifactMissing",
    "ArtifactStore",
    "append_journal",
    "canonical_json",
    "canonical_json_lines",
    "find_step_record",
    "materialise_bundle",
    "put_bundle",
    "put_step_record",
    "read_bundle",
    "read_bundle_manifest",
    "step_key",
]
