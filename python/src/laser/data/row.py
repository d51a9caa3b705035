from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from laser.data.data_error import DataError

LONGEST_SHOWN = 60


def well_formed(text: str) -> str:
    """JSON may hold halves of surrogate pairs, which UTF-8 cannot; each becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(frozen=True)
class Row:
    """One record of a public file, and where it stands."""

    file: PurePosixPath
    place: str
    """Such as `line 3` or `record 3`."""
    fields: Mapping[str, object]

    def text(self, name: str) -> str:
        """@throws DataError where there is none."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.error(name, "a text")
        return well_formed(value)

    def texts(self, name: str) -> list[str]:
        value = self.fields.get(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(name, "a list of texts")
        return [well_formed(item) for item in value]

    def error(self, name: str, wanted: str) -> DataError:
        where = f'{self.file}: {self.place}: "{name}" must be {wanted}'
        if name not in self.fields:
            present = ", ".join(f'"{field}"' for field in self.fields)
            return DataError(f"{where}, but the record has only {present or 'nothing'}")
        found = repr(self.fields[name])
        shown = found if len(found) <= LONGEST_SHOWN else f"{found[:LONGEST_SHOWN]}…"
        return DataError(f"{where}, but is {shown}")
