"""WildChat (arXiv 2405.01470): conversations with ChatGPT, as Parquet or JSON lines with
`conversation`, `language` and `toxic`. A prompt is the first user turn of an English conversation
that is not marked toxic. The set has no categories and no right answers."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from laser.data.parts_by_name import parts_by_name
from laser.data.prompt import Dropped, Part, Prompt
from laser.data.public_set import PublicSet, ReadOptions
from laser.data.row import Row, well_formed

CATEGORIES = {
    "assisting or creative writing": "creative writing",
    "creative writing": "creative writing",
    "analysis or decision explanation": "analysis",
    "analysis": "analysis",
    "coding": "coding",
    "factual information (general or professional), history or common practices": (
        "factual information"
    ),
    "factual information": "factual information",
    "mathematical reasoning or calculation": "math reasoning",
    "math reasoning": "math reasoning",
}
"""The five categories of LASeR's experiments, by themselves and by the labels of
valpy/prompt-classification, a public classifier of such prompts."""


def _parts(names: Sequence[PurePosixPath]) -> dict[PurePosixPath, Part]:
    return parts_by_name(names)


def _read(row: Row, options: ReadOptions) -> Prompt | Dropped:
    language = row.text("language")
    if not isinstance(row.fields.get("toxic"), bool):
        raise row.error("toxic", "true or false")
    turns = row.fields.get("conversation")
    first = turns[0] if isinstance(turns, list) and turns else None
    if not isinstance(first, dict) or not isinstance(first.get("content"), str):
        raise row.error("conversation", "a list of turns with role and content")
    if language != "English":
        return Dropped("not in English")
    if row.fields["toxic"] or first.get("toxic"):
        return Dropped("toxic")
    if first.get("role") != "user" or not first["content"].strip():
        return Dropped("without a user turn at the beginning")
    label = row.fields.get(options.category_field)
    return Prompt(well_formed(first["content"]), category=label if isinstance(label, str) else None)


def _category(label: str) -> str | None:
    return CATEGORIES.get(label.strip().lower())


WILDCHAT = PublicSet(
    "allenai/WildChat",
    ("data/*",),
    ("conversation", "language", "toxic"),
    _parts,
    _read,
    categories=_category,
)
