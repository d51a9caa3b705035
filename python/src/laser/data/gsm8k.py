"""GSM8K (arXiv 2110.14168): JSON lines with `question` and a solution in `answer` that ends in
`#### <number>`; on the hub as Parquet, in the configurations main and socratic."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from laser.data.parts_by_name import parts_by_name
from laser.data.prompt import Dropped, Part, Prompt
from laser.data.public_set import PublicSet, ReadOptions
from laser.data.row import Row

GOLD = re.compile(r"####\s*(-?[\d.,]*\d)")


def _parts(names: Sequence[PurePosixPath]) -> dict[PurePosixPath, Part]:
    """Socratic holds the questions of main again, with other solutions."""
    return parts_by_name([name for name in names if "socratic" not in str(name)])


def _read(row: Row, _: ReadOptions) -> Prompt | Dropped:
    gold = GOLD.search(row.text("answer"))
    if gold is None:
        raise row.error("answer", 'a solution that ends in "#### <number>"')
    return Prompt(row.text("question"), gold[1].replace(",", ""))


GSM8K = PublicSet("openai/gsm8k", ("main/*",), ("question", "answer"), _parts, _read)
