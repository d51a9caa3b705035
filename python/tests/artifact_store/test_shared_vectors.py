"""The same files are read by the TypeScript tests: both sides must agree with them to the byte."""

import json
from pathlib import Path

import pytest

from laser.artifact_store import ArtifactStore, canonical_json, put_bundle, step_key
from laser.contract import ArtifactRef

VECTORS = Path(__file__).parents[3] / "test" / "vectors"


def vectors(name: str) -> list:
    entries = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    return [pytest.param(entry, id=entry["name"]) for entry in entries]


@pytest.mark.parametrize("vector", vectors("canonical-json.json"))
def test_canonical_json(vector: dict):
    assert canonical_json(vector["value"]) == vector["canonical"].encode()


@pytest.mark.parametrize("vector", vectors("step-keys.json"))
def test_step_key(vector: dict):
    assert step_key(vector["step"], vector["version"], vector["inputs"]) == vector["key"]


@pytest.mark.parametrize("vector", vectors("bundle-manifests.json"))
def test_bundle_manifest(vector: dict, tmp_path: Path):
    store = ArtifactStore(tmp_path)
    ref = put_bundle(store, {name: text.encode() for name, text in vector["files"].items()})
    assert ref == ArtifactRef.model_validate(vector["ref"])
    assert store.get(ref) == vector["manifest"].encode()


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 2**53, {1: "a"}, "\ud800", {"\ud800": 1}, b"bytes"]
)
def test_what_has_no_canonical_form_is_refused(value: object):
    with pytest.raises(ValueError):
        canonical_json(value)
