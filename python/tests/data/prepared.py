import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laser.data.prepare import Settings, prepare


@dataclass(frozen=True)
class Prepared:
    train: list[dict[str, Any]]
    held_out: list[dict[str, Any]]
    manifest: dict[str, Any]
    content: dict[str, bytes]

    @property
    def all(self) -> list[dict[str, Any]]:
        return self.train + self.held_out


def prepared(name: str, *places: Path | str, out: Path, **settings: Any) -> Prepared:
    """What `laser data prepare` wrote, read back."""
    prepare(name, [str(place) for place in places], None, out, Settings(**settings))
    content = {path.name: path.read_bytes() for path in sorted(out.iterdir())}

    def lines(file: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in content[file].decode().splitlines()]

    return Prepared(
        lines("train.jsonl"), lines("held-out.jsonl"), json.loads(content["manifest.json"]), content
    )


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def put_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    return put(path, "".join(f"{json.dumps(record)}\n" for record in records))
