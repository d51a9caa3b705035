import hashlib
import json
import multiprocessing
import os
from pathlib import Path

import pytest

from laser.artifact_store import ArtifactCorrupt, ArtifactMissing, ArtifactStore
from laser.contract import ArtifactRef


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "store")


def files_below(store: ArtifactStore) -> set[str]:
    return {str(p.relative_to(store.root)) for p in store.root.rglob("*") if p.is_file()}


def test_an_object_lies_under_its_hash_and_leaves_no_temporary_file(store: ArtifactStore):
    sha256 = hashlib.sha256(b"hello").hexdigest()
    ref = store.put(b"hello", "text/plain")
    assert ref == ArtifactRef(sha256=sha256, bytes=5, media_type="text/plain")
    assert files_below(store) == {f"objects/{sha256[:2]}/{sha256}"}
    assert store.get(ref) == b"hello"


def test_an_object_that_is_there_is_not_written_again_but_counts_as_young(store: ArtifactStore):
    ref = store.put(b"hello", "text/plain")
    path = store.object_path(ref.sha256)
    os.utime(path, (0, 0))
    inode = path.stat().st_ino
    assert store.put(b"hello", "text/plain") == ref
    assert path.stat().st_ino == inode
    assert path.stat().st_mtime > 0


def test_a_missing_object_is_named(store: ArtifactStore):
    with pytest.raises(ArtifactMissing, match="0" * 64):
        store.get(ArtifactRef(sha256="0" * 64, bytes=1, media_type="text/plain"))


@pytest.mark.parametrize("damaged", [b"jello", b"hell", b""])
def test_a_damaged_object_is_put_aside_and_both_hashes_are_named(
    store: ArtifactStore, damaged: bytes
):
    ref = store.put(b"hello", "text/plain")
    path = store.object_path(ref.sha256)
    path.write_bytes(damaged)
    with pytest.raises(ArtifactCorrupt) as raised:
        store.get(ref)
    assert ref.sha256 in str(raised.value)
    assert hashlib.sha256(damaged).hexdigest() in str(raised.value)
    assert not path.exists()
    assert [p.read_bytes() for p in (store.root / "quarantine").iterdir()] == [damaged]

    store.put(b"hello", "text/plain")
    assert store.get(ref) == b"hello"


def test_a_reference_with_a_wrong_size_does_not_cost_the_object(store: ArtifactStore):
    ref = store.put(b"hello", "text/plain")
    with pytest.raises(ArtifactCorrupt, match="6 bytes"):
        store.get(ref.model_copy(update={"bytes": 6}))
    assert store.get(ref) == b"hello"


def test_a_link_out_of_the_store_is_not_followed(store: ArtifactStore, tmp_path: Path):
    ref = store.put(b"hello", "text/plain")
    path = store.object_path(ref.sha256)
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside")
    with pytest.raises(ArtifactMissing, match="outside the store"):
        store.get(ref)


def put_many(root: Path) -> None:
    store = ArtifactStore(root)
    for number in range(200):
        store.put(f"value {number % 20}".encode() * 1000, "text/plain")


def test_many_processes_may_put_the_same_objects_at_once(store: ArtifactStore):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=put_many, args=(store.root,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert len(files_below(store)) == 20
    for path in store.root.glob("objects/*/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def test_a_reference_is_camel_case_on_the_wire(store: ArtifactStore):
    ref = store.put(b"{}", "application/json")
    assert json.loads(ref.model_dump_json()) == {
        "sha256": hashlib.sha256(b"{}").hexdigest(),
        "bytes": 2,
        "mediaType": "application/json",
    }
