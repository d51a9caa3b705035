import os
import re
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from laser.artifact_store.artifact_error import ArtifactCorrupt
from laser.artifact_store.canonical_json import canonical_json
from laser.artifact_store.store import ArtifactStore
from laser.contract import ArtifactRef, BundleFile, BundleManifest, MediaType

FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


def put_bundle(store: ArtifactStore, files: Mapping[str, bytes]) -> ArtifactRef:
    """Stores a folder: each file as an object, then the manifest that names them."""
    for name in files:
        if not FILE_NAME.fullmatch(name):
            raise ValueError(
                f"Bundle file name {name!r}: use letters, digits, '_', '.' and '-', "
                "with a letter, a digit or '_' first."
            )
    entries: dict[str, BundleFile] = {}
    for name, data in files.items():
        ref = store.put(data, f"bundle file {name}")
        entries[name] = BundleFile(sha256=ref.sha256, bytes=ref.bytes)
    manifest = BundleManifest(files=entries)
    return store.put(canonical_json(manifest.model_dump()), MediaType.BUNDLE)


def read_bundle_manifest(store: ArtifactStore, ref: ArtifactRef) -> BundleManifest:
    data = store.get(ref)
    try:
        return BundleManifest.model_validate_json(data)
    except ValidationError as error:
        raise ArtifactCorrupt(f"Artifact {ref.sha256} is no bundle manifest: {error}") from error


def read_bundle(store: ArtifactStore, ref: ArtifactRef) -> dict[str, bytes]:
    """Every file of the bundle by name, each verified against the manifest."""
    manifest = read_bundle_manifest(store, ref)
    return {name: store.get(object_ref(name, file)) for name, file in manifest.files.items()}


def materialise_bundle(store: ArtifactStore, ref: ArtifactRef) -> Path:
    """The bundle as a folder below bundles/, for programs that want paths. Idempotent.

    Files are hard links to the objects where the disk allows it: read them, never write to them.
    """
    target = store.root / "bundles" / ref.sha256
    if target.is_dir():
        return target
    manifest = read_bundle_manifest(store, ref)
    building = store.root / "tmp" / f"{os.getpid()}-{uuid.uuid4().hex}"
    building.mkdir(parents=True)
    try:
        for name, file in manifest.files.items():
            store.get(object_ref(name, file))
            link_or_copy(store.object_path(file.sha256), building / name)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            building.rename(target)
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def object_ref(name: str, file: BundleFile) -> ArtifactRef:
    return ArtifactRef(sha256=file.sha256, bytes=file.bytes, media_type=f"bundle file {name}")


def link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
