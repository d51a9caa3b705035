import hashlib
import os
import uuid
from contextlib import suppress
from pathlib import Path

from laser.artifact_store.artifact_error import ArtifactCorrupt, ArtifactMissing
from laser.contract import ArtifactRef


class ArtifactStore:
    """Content-addressed objects below one folder. Safe for many processes at once."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def object_path(self, sha256: str) -> Path:
        return self.root / "objects" / sha256[:2] / sha256

    def step_path(self, key: str) -> Path:
        return self.root / "steps" / key[:2] / f"{key}.json"

    def put(self, data: bytes, media_type: str) -> ArtifactRef:
        """Stores `data` durably, once however often it is put, and returns its name."""
        sha256 = hashlib.sha256(data).hexdigest()
        ref = ArtifactRef(sha256=sha256, bytes=len(data), media_type=media_type)
        target = self.object_path(sha256)
        if self.has(ref):
            # Young again, as `laser gc` goes by age; an object of another user stays as it is.
            with suppress(OSError):
                os.utime(target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.write_temporary(data), target)
        return ref

    def has(self, ref: ArtifactRef) -> bool:
        """Whether an object of that name and size is there; its hash is checked when it is read."""
        try:
            return self.object_path(ref.sha256).stat().st_size == ref.bytes
        except FileNotFoundError:
            return False

    def get(self, ref: ArtifactRef) -> bytes:
        """The bytes that `ref` names, with size and hash verified.

        Raises:
            ArtifactMissing: no such object here.
            ArtifactCorrupt: the object's bytes are others; it has been moved to quarantine.
        """
        path = self.object_path(ref.sha256)
        data = self.read_inside(path, f"Artifact {ref.sha256} ({ref.media_type})")
        found = hashlib.sha256(data).hexdigest()
        if found != ref.sha256:
            aside = self.quarantine(path)
            raise ArtifactCorrupt(
                f"Artifact {ref.sha256} ({ref.media_type}, {ref.bytes} bytes): the object's "
                f"{len(data)} bytes have SHA-256 {found}. It was moved to {aside}; run the step "
                "that made it again."
            )
        if len(data) != ref.bytes:
            raise ArtifactCorrupt(
                f"Artifact {ref.sha256}: the reference says {ref.bytes} bytes, the object with that"
                f" SHA-256 has {len(data)} (SHA-256 {found}). The reference was made wrongly."
            )
        return data

    def write_temporary(self, data: bytes) -> Path:
        """A new file below tmp/ with `data` flushed to disk; the caller moves or removes it."""
        folder = self.root / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{os.getpid()}-{uuid.uuid4().hex}"
        with open(path, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return path

    def read_inside(self, path: Path, what: str) -> bytes:
        """Reads a file below the root; a link that leads out of the root is not followed."""
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to(self.root):
                raise ArtifactMissing(
                    f"{what}: {path} is a link to {real}, outside the store {self.root}; "
                    "put the file itself there."
                )
            return real.read_bytes()
        except FileNotFoundError:
            raise ArtifactMissing(
                f"{what} is not in the store {self.root}; check that all workers use the same "
                "store, or run the step that made it again."
            ) from None

    def quarantine(self, path: Path) -> Path:
        """Moves a file that cannot be trusted out of the way, keeping it for inspection."""
        folder = self.root / "quarantine"
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f"{path.name}-{uuid.uuid4().hex}"
        # Another process may have seen the same and moved it first.
        with suppress(FileNotFoundError):
            os.replace(path, aside)
        return aside
