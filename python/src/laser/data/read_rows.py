"""The formats that public sets come in, as rows."""

import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from laser.data.data_error import DataError
from laser.data.row import Row

SUFFIXES = (".json", ".jsonl", ".json.gz", ".jsonl.gz", ".csv", ".parquet")
csv.field_size_limit(2**31 - 1)


def read_rows(
    path: Path, name: PurePosixPath, columns: Sequence[str], csv_columns: Sequence[str]
) -> Iterator[Row]:
    """The records of a file in its order. `columns` are those of a Parquet file that are read;
    `csv_columns` name the cells of a CSV file without a header.

    @throws DataError
    """
    if path.suffix == ".parquet":
        yield from _parquet_rows(path, name, columns)
        return
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"{name}: cannot be read as UTF-8 text: {error}") from error
    if path.suffix == ".csv":
        yield from _csv_rows(text, name, csv_columns)
    elif text.lstrip().startswith("["):
        yield from _list_rows(text, name)
    else:
        yield from _line_rows(text, name)


def _line_rows(text: str, name: PurePosixPath) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"line {number}"
            try:
                yield _row(json.loads(line), name, place)
            except json.JSONDecodeError as error:
                raise DataError(f"{name}: {place} is not JSON: {error}") from error


def _list_rows(text: str, name: PurePosixPath) -> Iterator[Row]:
    try:
        records = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(f"{name}: is not JSON: {error}") from error
    for number, record in enumerate(records, start=1):
        yield _row(record, name, f"record {number}")


def _row(record: object, name: PurePosixPath, place: str) -> Row:
    if not isinstance(record, dict):
        raise DataError(f"{name}: {place} is no JSON object")
    return Row(name, place, record)


def _csv_rows(text: str, name: PurePosixPath, columns: Sequence[str]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    names: Sequence[str] | None = None
    for cells in reader:
        if names is None:
            is_header = "question" in cells or "prompt" in cells or not columns
            names = cells if is_header else columns
            if is_header:
                continue
        if cells and len(cells) != len(names):
            raise DataError(
                f"{name}: line {reader.line_num} has {len(cells)} cells instead of "
                f"{len(names)} ({', '.join(names)})"
            )
        if cells:
            yield Row(name, f"line {reader.line_num}", dict(zip(names, cells, strict=True)))


def _parquet_rows(path: Path, name: PurePosixPath, columns: Sequence[str]) -> Iterator[Row]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    number = 0
    try:
        with ParquetFile(path) as file:
            present = [column for column in file.schema_arrow.names if column in columns]
            for batch in file.iter_batches(batch_size=1000, columns=present):
                for record in batch.to_pylist():
                    number += 1
                    yield Row(name, f"record {number}", record)
    except (ArrowException, OSError) as error:
        raise DataError(f"{name}: cannot be read as Parquet: {error}") from error
