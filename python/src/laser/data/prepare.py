import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from laser.data.campaign_lines import campaign_lines
from laser.data.categorise import categorise
from laser.data.data_error import DataError
from laser.data.prompt import Part, Prompt
from laser.data.public_set import ReadOptions
from laser.data.public_sets import PUBLIC_SETS
from laser.data.read_prompts import files_to_read, read_prompts
from laser.data.source import SourceFile, open_source
from laser.data.split_prompts import draw, draw_per_category, split_prompts
from laser.data.write_folder import write_folder


@dataclass(frozen=True)
class Settings:
    seed: int = 1
    held_out_share: float = 0.1
    resplit: bool = False
    sample: int | None = None
    limit: int | None = None
    held_out_limit: int | None = None
    per_category: int | None = None
    subjects: bool = False
    category_field: str = "category"
    classifier: str | None = None


def prepare(
    name: str, origins: Sequence[str], revision: str | None, out: Path, settings: Settings
) -> None:
    """Writes train.jsonl, held-out.jsonl and manifest.json; their bytes depend on the source's
    bytes, its name and the settings alone.

    @throws DataError
    """
    public_set = PUBLIC_SETS[name]
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise DataError(f"{out} is there already; give a folder that does not exist yet")
    seed = settings.seed
    dropped: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        sources = [
            open_source(origin, revision, public_set, Path(scratch))
            for origin in origins or [public_set.hub_id]
        ]
        available = [file for source in sources for file in source.files]
        files = files_to_read(public_set, [source.origin for source in sources], available)
        options = ReadOptions(settings.category_field, settings.subjects)
        read = read_prompts(public_set, files, options, dropped)
        read_files = [_identity(file) for file, _ in files]
    records = sum(dropped.values()) + len(read)

    read = _sample(read, settings, dropped)
    if public_set.categories is not None:
        read = categorise(read, public_set.categories, settings.classifier, dropped)
    split = split_prompts(
        read, seed=seed, held_out_share=settings.held_out_share, resplit=settings.resplit
    )
    dropped += split.dropped
    train = draw_per_category(split.train, settings.per_category, seed, "train")
    train = draw(train, settings.limit, seed, "train")
    held_out = draw(split.held_out, settings.held_out_limit, seed, "held out")
    over = len(split.train) - len(train) + len(split.held_out) - len(held_out)
    dropped += Counter({"over a limit": over})
    for side, prompts in (("training", train), ("held-out", held_out)):
        if not prompts:
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(dropped.items()))
            raise DataError(
                f"No {side} prompt is left of {records} records (dropped: {reasons or 'none'}); "
                "check --from, --held-out-share and the limits"
            )

    outputs = {
        "train.jsonl": campaign_lines(name, train),
        "held-out.jsonl": campaign_lines(name, held_out),
    }
    manifest = {
        "set": name,
        "sources": [{"from": source.origin, "revision": source.revision} for source in sources],
        "files": read_files,
        "settings": _camel_case(asdict(settings)),
        "split": split.by,
        "records": records,
        "train": _counts(train),
        "heldOut": _counts(held_out),
        "dropped": dict(sorted(dropped.items())),
        "outputs": {
            output: hashlib.sha256(content).hexdigest() for output, content in outputs.items()
        },
    }
    text = f"{json.dumps(manifest, indent=2, ensure_ascii=False)}\n"
    write_folder(out, {**outputs, "manifest.json": text.encode()})


def _sample(
    read: list[tuple[Part, Prompt]], settings: Settings, dropped: Counter[str]
) -> list[tuple[Part, Prompt]]:
    drawn = draw([prompt for _, prompt in read], settings.sample, settings.seed, "sample")
    dropped += Counter({"not in the sample": len(read) - len(drawn)})
    kept = {id(prompt) for prompt in drawn}
    return [(part, prompt) for part, prompt in read if id(prompt) in kept]


def _identity(file: SourceFile) -> dict[str, Any]:
    with file.path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {"name": str(file.name), "bytes": file.path.stat().st_size, "sha256": digest}


def _counts(prompts: Sequence[Prompt]) -> dict[str, Any]:
    categories = Counter(prompt.category for prompt in prompts if prompt.category is not None)
    return {"prompts": len(prompts), "categories": dict(sorted(categories.items()))}


def _camel_case(settings: dict[str, Any]) -> dict[str, Any]:
    from pydantic.alias_generators import to_camel

    return {to_camel(name): value for name, value in settings.items()}
