"""LongBench (arXiv 2308.14508): JSON lines a dataset with `input`, `context`, `answers` and
`language`, in data.zip on the hub. Read are the English datasets of the four kinds that LASeR's
experiments have; a prompt is about its long document."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from laser.data.prompt import Dropped, Part, Prompt
from laser.data.public_set import PublicSet, ReadOptions
from laser.data.row import Row

KINDS = {
    "single-document QA": ("narrativeqa", "qasper", "multifieldqa_en"),
    "multi-document QA": ("hotpotqa", "2wikimqa", "musique"),
    "summarisation": ("gov_report", "qmsum", "multi_news"),
    "few-shot learning": ("trec", "triviaqa", "samsum"),
}
KIND_OF = {dataset: kind for kind, datasets in KINDS.items() for dataset in datasets}
SUMMARISE = "Summarise the document above in one paragraph."


def _parts(names: Sequence[PurePosixPath]) -> dict[PurePosixPath, Part]:
    """By their names; LongBench-E (`hotpotqa_e`) has the same questions again."""
    own = [name for name in names if name.stem in KIND_OF]
    return dict.fromkeys(own or names, "unsplit")


def _read(row: Row, _: ReadOptions) -> Prompt | Dropped:
    dataset = row.fields.get("dataset") or row.file.stem
    kind = KIND_OF.get(str(dataset))
    language = row.fields.get("language")
    document = row.text("context")
    answers = row.texts("answers")
    if kind is None or language not in (None, "en"):
        return Dropped("of another kind or language")
    if not answers:
        raise row.error("answers", "a list of at least one text")
    given = row.fields.get("input")
    question = given if isinstance(given, str) and given.strip() else None
    if question is None and kind != "summarisation":
        raise row.error("input", "a text")
    return Prompt(
        question or SUMMARISE,
        category=kind,
        document=document,
        answers=tuple(answers),
    )


LONGBENCH = PublicSet(
    "THUDM/LongBench",
    ("data.zip",),
    ("input", "context", "answers", "dataset", "language"),
    _parts,
    _read,
)
