"""DIR/manifest.json: what the folders are, how they were made, and how good the reward model is."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic.alias_generators import to_camel

from laser.smollm2.answer_pairs import PAIR_KINDS, AnswerPair, PairKind
from laser.smollm2.answered_question import AnsweredSet
from laser.smollm2.download_gguf import PACKAGE, WHEEL_SHA256
from laser.smollm2.measure_reward_model import PairwiseAccuracy
from laser.smollm2.settings import Settings
from laser.smollm2.split_questions import QuestionSplit

MANIFEST = "manifest.json"
MEASURED = (
    "Over questions that the reward model was not trained on, float16 weights as float32: the "
    "share of pairs whose chosen answer has the higher logit, ties as half, by kind of pair. "
    "A right answer over a wrong one of the same question, both sampled; a right answer sampled "
    "with the solution in the prompt over a wrong one sampled without; the file's own solution "
    "over the same one with a slip in its result. Only the first kind is what the campaign asks "
    "of it, and its pairs may be few."
)


def write_manifest(
    folder: Path,
    settings: Settings,
    split: QuestionSplit,
    answered: Mapping[str, AnsweredSet],
    trained_on: Sequence[AnswerPair],
    measured: Mapping[PairKind, PairwiseAccuracy],
) -> None:
    manifest = {
        "weights": {"package": PACKAGE, "wheelSha256": WHEEL_SHA256},
        "questions": {
            "rewardModel": len(split.sampled),
            "rewardModelMeasured": len(split.measured),
            "train": len(split.train),
            "heldOut": len(split.held_out),
        },
        "sampledAnswers": {
            purpose: {
                "right": sum(len(one.right) for one in some.own),
                "wrong": sum(len(one.wrong) for one in some.own),
                "questionsWithBoth": sum(bool(one.right and one.wrong) for one in some.own),
                "rightRetold": sum(len(one.right) for one in some.retold),
            }
            for purpose, some in answered.items()
        },
        "rewardModel": {
            "folder": "rm-gsm8k",
            "measured": MEASURED,
            "trainingPairs": {
                kind: sum(pair.kind == kind for pair in trained_on) for kind in PAIR_KINDS
            },
            "pairwiseAccuracy": {kind: _camel(asdict(one)) for kind, one in measured.items()},
        },
        "files": {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.glob("*/*"))
            if path.is_file() and not path.parent.name.startswith(".")
        },
        "settings": _camel(asdict(settings)),
        "versions": {
            name: version(name) for name in ("gguf", "tokenizers", "torch", "transformers")
        },
    }
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _camel(values: dict[str, Any]) -> dict[str, Any]:
    return {to_camel(key): value for key, value in values.items()}
