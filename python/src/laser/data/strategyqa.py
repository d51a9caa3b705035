"""StrategyQA (arXiv 2101.02235): a JSON list with `question` and a boolean `answer`. The official
test file has no answers; its records are dropped."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from laser.data.parts_by_name import parts_by_name
from laser.data.prompt import Dropped, Part, Prompt
from laser.data.public_set import PublicSet, ReadOptions
from laser.data.row import Row

YES_NO = {"true": "yes", "yes": "yes", "false": "no", "no": "no"}


def _parts(names: Sequence[PurePosixPath]) -> dict[PurePosixPath, Part]:
    """The official archive has the train questions again, filtered, and the paragraphs."""
    others = ("filtered", "paragraphs")
    return parts_by_name([name for name in names if not name.stem.endswith(others)])


def _read(row: Row, _: ReadOptions) -> Prompt | Dropped:
    question = row.text("question")
    if row.fields.get("answer") is None:
        return Dropped("without an answer")
    answer = YES_NO.get(str(row.fields["answer"]).strip().lower())
    if answer is None:
        raise row.error("answer", "true or false")
    return Prompt(question, answer)


STRATEGYQA = PublicSet(
    "ChilleD/StrategyQA", ("*.json", "*.parquet"), ("question", "answer"), _parts, _read
)
