from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from laser.data.data_error import DataError
from laser.data.prompt import Dropped, Part, Prompt
from laser.data.public_set import PublicSet, ReadOptions
from laser.data.read_rows import read_rows
from laser.data.source import SourceFile

MOST_PROBLEMS = 5


def read_prompts(
    public_set: PublicSet,
    files: Sequence[tuple[SourceFile, Part]],
    options: ReadOptions,
    dropped: Counter[str],
) -> list[tuple[Part, Prompt]]:
    """In the order of files and records. Counts the records left out in `dropped`.

    @throws DataError that names the first bad records by file, line and field
    """
    columns = (*public_set.columns, options.category_field)
    read: list[tuple[Part, Prompt]] = []
    problems: list[str] = []
    for file, part in files:
        for row in read_rows(file.path, file.name, columns, public_set.csv_columns):
            try:
                prompt = public_set.read(row, options)
            except DataError as error:
                problems.append(str(error))
                if len(problems) == MOST_PROBLEMS:
                    raise DataError("\n".join(problems)) from error
                continue
            if isinstance(prompt, Dropped):
                dropped[prompt.reason] += 1
            else:
                read.append((part, prompt))
    if problems:
        raise DataError("\n".join(problems))
    return read


def files_to_read(
    public_set: PublicSet, origins: Sequence[str], files: Sequence[SourceFile]
) -> list[tuple[SourceFile, Part]]:
    """@throws DataError where there is none."""
    parts: dict[PurePosixPath, Part] = public_set.parts_of([file.name for file in files])
    if not parts:
        shown = ", ".join(str(file.name) for file in files[:10])
        raise DataError(
            f"{', '.join(origins)}: has no file of this set; it has "
            f"{shown or 'nothing in JSON, JSON lines, CSV or Parquet'}. Name the files themselves"
        )
    return [(file, parts[file.name]) for file in files if file.name in parts]
