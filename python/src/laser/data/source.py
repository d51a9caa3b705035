"""Where a public set is read from: files, folders and archives on this machine, or the hub."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from laser.data.data_error import DataError, HubUnreachable
from laser.data.public_set import PublicSet
from laser.data.read_rows import SUFFIXES

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
READABLE = tuple(f"*{suffix}" for suffix in (*SUFFIXES, *ARCHIVES))
HUB_ID = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")


@dataclass(frozen=True)
class SourceFile:
    path: Path
    name: PurePosixPath
    """Within what was named on the command line."""


@dataclass(frozen=True)
class Source:
    origin: str
    revision: str | None
    """The hub's commit; null for what lies on this machine."""
    files: tuple[SourceFile, ...]


def open_source(origin: str, revision: str | None, public_set: PublicSet, scratch: Path) -> Source:
    """Archives are unpacked into `scratch`.

    @throws DataError
    """
    path = Path(origin)
    if path.exists():
        return Source(origin, None, tuple(_files_in(path, PurePosixPath(path.name), scratch)))
    if HUB_ID.fullmatch(origin) is None:
        raise DataError(f"{origin}: there is no such file, folder or hub id (owner/name)")
    # Somebody's copy of a set may be laid out in another way.
    patterns = public_set.hub_patterns if origin == public_set.hub_id else READABLE
    folder = _download(origin, revision, patterns)
    files = tuple(_files_in(folder, PurePosixPath(origin), scratch))
    return Source(origin, folder.name, files)


def _files_in(path: Path, name: PurePosixPath, scratch: Path) -> Iterator[SourceFile]:
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if not child.name.startswith((".", "__MACOSX")):
                yield from _files_in(child, name / child.name, scratch)
    elif path.name.endswith(ARCHIVES):
        unpacked = scratch / str(len(list(scratch.iterdir())))
        try:
            if path.suffix == ".zip":
                shutil.unpack_archive(path, unpacked)
            else:
                shutil.unpack_archive(path, unpacked, filter="data")
        except (shutil.ReadError, OSError, ValueError) as error:
            raise DataError(f"{name}: cannot be unpacked: {error}") from error
        yield from _files_in(unpacked, name, scratch)
    elif path.name.endswith(SUFFIXES):
        yield SourceFile(path, name)


def _download(hub_id: str, revision: str | None, patterns: Sequence[str]) -> Path:
    from httpx import TransportError
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        return Path(
            snapshot_download(
                hub_id, repo_type="dataset", revision=revision, allow_patterns=list(patterns)
            )
        )
    except GatedRepoError as error:
        raise HubUnreachable(
            f"{hub_id}: the hub asks for consent first: accept its terms in a browser, then set "
            "HF_TOKEN"
        ) from error
    except (RepositoryNotFoundError, RevisionNotFoundError) as error:
        at = "" if revision is None else f" at revision {revision}"
        raise DataError(f"{hub_id}: the hub has no such data set{at}, nor this machine") from error
    except (LocalEntryNotFoundError, HfHubHTTPError, TransportError, OSError) as error:
        raise HubUnreachable(
            f"{hub_id}: the hub cannot be reached and this machine has no copy: {error}. "
            "Download the set elsewhere and give its path."
        ) from error
