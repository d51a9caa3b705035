"""A question with SmolLM2's own answers, sorted into right and wrong."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from laser.smollm2.question import Question
from laser.smollm2.verdict import is_right


@dataclass(frozen=True)
class SampledAnswer:
    text: str
    finished: bool
    """False where the answer was cut at max_tokens."""


@dataclass(frozen=True)
class AnsweredQuestion:
    """Distinct texts. A cut answer whose last number happens to be right is in neither list."""

    text: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class AnsweredSet:
    """Questions for one purpose. The three lists have one order."""

    questions: Sequence[Question]
    own: Sequence[AnsweredQuestion]
    retold: Sequence[AnsweredQuestion]
    """Answered with the worked solution in the prompt."""


def sort_answers(text: str, answer: str, samples: Iterable[SampledAnswer]) -> AnsweredQuestion:
    right: dict[str, None] = {}
    wrong: dict[str, None] = {}
    for sample in samples:
        if not is_right(sample.text, answer):
            wrong[sample.text] = None
        elif sample.finished:
            right[sample.text] = None
    return AnsweredQuestion(text, tuple(right), tuple(wrong))


def write_answered(path: Path, answered: Iterable[AnsweredQuestion]) -> None:
    path.write_text("".join(json.dumps(asdict(one)) + "\n" for one in answered), encoding="utf-8")


def read_answered(path: Path) -> list[AnsweredQuestion]:
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        AnsweredQuestion(one["text"], tuple(one["right"]), tuple(one["wrong"])) for one in records
    ]
