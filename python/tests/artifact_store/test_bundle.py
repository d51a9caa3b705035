from pathlib import Path

import pytest

from laser.artifact_store import (
    ArtifactCorrupt,
    ArtifactMissing,
    ArtifactStore,
    materialise_bundle,
    put_bundle,
    read_bundle,
    read_bundle_manifest,
)

FILES = {"adapter_config.json": b"{}", "adapter_model.safetensors": b"\x00\x01", "_empty": b""}


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "store")


def test_a_bundle_comes_back_and_its_reference_knows_no_order(store: ArtifactStore):
    ref = put_bundle(store, FILES)
    assert read_bundle(store, ref) == FILES
    assert put_bundle(store, dict(reversed(FILES.items()))) == ref


def test_a_bundle_as_a_folder(store: ArtifactStore):
    ref = put_bundle(store, FILES)
    folder = materialise_bundle(store, ref)
    assert folder == store.root / "bundles" / ref.sha256
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES
    before = folder.stat().st_ino
    assert materialise_bundle(store, ref) == folder and folder.stat().st_ino == before
    assert list((store.root / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../up", "a/b", ".hidden", "", "-dash", "two words", "nul\0", "a\n"]
)
def test_a_name_that_is_no_plain_name_is_refused(store: ArtifactStore, name: str):
    with pytest.raises(ValueError, match="file name"):
        put_bundle(store, {name: b""})
    assert not store.root.exists()


def test_a_manifest_with_a_path_in_it_is_refused(store: ArtifactStore):
    entry = '{"bytes":0,"sha256":"' + "0" * 64 + '"}'
    ref = store.put(f'{{"files":{{"../up":{entry}}}}}'.encode(), "application/json")
    with pytest.raises(ArtifactCorrupt, match="no bundle manifest"):
        materialise_bundle(store, ref)


def test_a_damaged_or_lost_file_makes_no_folder(store: ArtifactStore):
    ref = put_bundle(store, FILES)
    file = read_bundle_manifest(store, ref).files["adapter_model.safetensors"]
    store.object_path(file.sha256).write_bytes(b"\x00\x02")
    with pytest.raises(ArtifactCorrupt, match="adapter_model"):
        materialise_bundle(store, ref)
    with pytest.raises(ArtifactMissing, match="adapter_model"):
        materialise_bundle(store, ref)
    assert not (store.root / "bundles" / ref.sha256).exists()
    assert list((store.root / "tmp").iterdir()) == []
