import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import LlamaForSequenceClassification

from laser.smollm2.build import build
from laser.smollm2.build_error import BuildError
from laser.smollm2.settings import Settings

from .tiny_policy import save_tiny_policy
from .worked_questions import apple_questions

SETTINGS = Settings(
    threads=1,
    sampled_questions=6,
    measured_questions=3,
    completions_per_question=2,
    max_tokens=6,
    questions_per_part=4,
    trained_layers=1,
    epochs=1,
)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(one.line + "\n" for one in apple_questions(40)), encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "smollm2"
    save_tiny_policy(folder / "policy")
    return folder


@pytest.fixture(autouse=True)
def _deterministic_algorithms_only_here():
    before = torch.are_deterministic_algorithms_enabled()
    yield
    torch.use_deterministic_algorithms(before)


def test_a_build_leaves_models_data_and_a_manifest_that_agree(questions: Path, out: Path) -> None:
    build(out, questions, None, SETTINGS)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    lines = questions.read_text(encoding="utf-8").splitlines()
    train = (out / "data" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    held_out = (out / "data" / "held-out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({*train, *held_out}) == len(train) + len(held_out) == 40 - 6 - 3
    assert {*train, *held_out} < set(lines)
    assert manifest["questions"] == {
        "rewardModel": 6,
        "rewardModelMeasured": 3,
        "train": 27,
        "heldOut": 4,
    }
    assert manifest["sampledAnswers"]["sampled"]["wrong"] > 0
    assert manifest["rewardModel"]["trainingPairs"]["solutionOverSlip"] == 6
    slips = manifest["rewardModel"]["pairwiseAccuracy"]["solutionOverSlip"]
    assert slips["pairs"] == slips["questions"] == 3
    assert 0 <= slips["accuracy"] <= 1
    model = LlamaForSequenceClassification.from_pretrained(out / "rm-gsm8k")
    assert model.config.num_labels == 1
    assert model.dtype == torch.float16


def test_an_interrupted_build_goes_on_to_the_same_bytes(questions: Path, out: Path) -> None:
    build(out, questions, None, SETTINGS)
    manifest = (out / "manifest.json").read_bytes()
    answers = out / ".build" / "sampled-001.jsonl"
    kept = out / ".build" / "sampled-000.jsonl"
    changed_at = kept.stat().st_mtime_ns
    for lost in (out / "manifest.json", out / "rm-gsm8k" / "config.json", answers):
        lost.unlink()
    (out / "rm-gsm8k").rename(out / ".partial-rm-gsm8k")
    build(out, questions, None, SETTINGS)
    assert (out / "manifest.json").read_bytes() == manifest
    assert kept.stat().st_mtime_ns == changed_at


def test_another_seed_needs_another_folder(questions: Path, out: Path) -> None:
    build(out, questions, None, SETTINGS)
    with pytest.raises(BuildError, match="other settings or questions"):
        build(out, questions, None, replace(SETTINGS, seed=SETTINGS.seed + 1))
