from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from laser.data.prompt import Dropped, Part, Prompt
from laser.data.row import Row


@dataclass(frozen=True)
class ReadOptions:
    category_field: str
    subjects: bool
    """MMLU: the 57 subjects as categories instead of the four groups."""


@dataclass(frozen=True)
class PublicSet:
    hub_id: str
    hub_patterns: Sequence[str]
    """What to download from the hub."""
    columns: Sequence[str]
    """Fields that are read."""
    parts_of: Callable[[Sequence[PurePosixPath]], dict[PurePosixPath, Part]]
    """Which files are read, and the public split they belong to."""
    read: Callable[[Row, ReadOptions], Prompt | Dropped]
    csv_columns: Sequence[str] = ()
    """Cells of a CSV file without a header."""
    categories: Callable[[str], str | None] | None = None
    """From a classifier's or a person's label to a category; None: none of the set's. Only where
    the set itself has no categories."""
