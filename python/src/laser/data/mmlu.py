"""MMLU (arXiv 2009.03300): CSV files `<subject>_test.csv` of question, four choices and a letter,
without a header; on the hub as Parquet with `subject`, `choices` and the index of the answer."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from laser.data.mmlu_groups import group_of
from laser.data.parts_by_name import parts_by_name
from laser.data.prompt import Dropped, Part, Prompt
from laser.data.public_set import PublicSet, ReadOptions
from laser.data.row import Row, well_formed

LETTERS = ("A", "B", "C", "D")


def _parts(names: Sequence[PurePosixPath]) -> dict[PurePosixPath, Part]:
    """dev and validation are trained on, test is held out. The auxiliary files have no subjects,
    and the hub's subject folders hold again what is in `all`."""
    own = [name for name in names if not any("auxiliary" in part for part in name.parts)]
    together = [name for name in own if "all" in name.parts]
    return parts_by_name(together or own, validation="train")


def _read(row: Row, options: ReadOptions) -> Prompt | Dropped:
    question = row.text("question")
    choices = (
        row.texts("choices") if "choices" in row.fields else [_choice(row, c) for c in LETTERS]
    )
    if len(choices) != len(LETTERS):
        raise row.error("choices", "a list of four texts")
    subject = row.fields.get("subject")
    if not isinstance(subject, str) or subject == "":
        subject = re.sub(r"_(dev|val|test)$", "", row.file.stem)
    group = group_of(subject)
    if group is None:
        raise row.error("subject", f"one of the 57 subjects (the file is named for {subject!r})")
    lines = (f"{letter}. {choice}" for letter, choice in zip(LETTERS, choices, strict=True))
    text = "\n".join([question, *lines])
    return Prompt(text, _letter(row), subject if options.subjects else group)


def _choice(row: Row, letter: str) -> str:
    choice = row.fields.get(letter)
    if not isinstance(choice, str):
        raise row.error(letter, "a text")
    return well_formed(choice)


def _letter(row: Row) -> str:
    answer = row.fields.get("answer")
    if isinstance(answer, int) and 0 <= answer < len(LETTERS):
        return LETTERS[answer]
    if isinstance(answer, str) and answer.strip() in LETTERS:
        return answer.strip()
    if isinstance(answer, str) and answer.strip() in ("0", "1", "2", "3"):
        return LETTERS[int(answer)]
    raise row.error("answer", "a letter from A to D or an index from 0 to 3")


MMLU = PublicSet(
    "cais/mmlu",
    ("all/*",),
    ("question", "choices", "answer", "subject", *LETTERS),
    _parts,
    _read,
    csv_columns=("question", *LETTERS, "answer"),
)
