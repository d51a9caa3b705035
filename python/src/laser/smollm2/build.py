"""The whole build, stage by stage. A stage is done if its output is there."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from transformers import AutoTokenizer, LlamaForSequenceClassification, PreTrainedTokenizerFast

from laser.recipe.progress import announce
from laser.recipe.stage import run_stage
from laser.smollm2.answer_pairs import AnswerPair, answer_pairs
from laser.smollm2.build_error import BuildError
from laser.smollm2.convert_gguf import convert_gguf, save_tokenizer
from laser.smollm2.download_gguf import GGUF, download_gguf
from laser.smollm2.manifest import MANIFEST, write_manifest
from laser.smollm2.measure_reward_model import measure_reward_model
from laser.smollm2.question import read_questions
from laser.smollm2.reward_model import new_reward_model, train_reward_model
from laser.smollm2.sample_set import sample_set
from laser.smollm2.settings import Settings
from laser.smollm2.split_questions import QuestionSplit, split_questions


def build(out: Path, questions: Path, held_out: Path | None, settings: Settings) -> None:
    """Fills `out` with policy/, data/, rm-gsm8k/ and manifest.json. @raises BuildError."""
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(settings.threads)
    split = split_questions(
        read_questions(questions), read_questions(held_out) if held_out else None, settings
    )
    work = out / ".build"
    _claim(work, settings, split)
    if (out / MANIFEST).exists():
        announce(f"{out}: already complete, see {MANIFEST}")
        return
    if not (out / "policy").exists():
        run_stage(work / "download", download_gguf)
    run_stage(out / "policy", lambda folder: convert_gguf(work / "download" / GGUF, folder))
    shutil.rmtree(work / "download", ignore_errors=True)
    run_stage(out / "data", lambda folder: _write_data(folder, split))
    answered = {
        "sampled": sample_set(out, "sampled", split.sampled, settings),
        "measured": sample_set(out, "measured", split.measured, settings),
    }
    pairs = {
        purpose: answer_pairs(some, settings.pairs_per_question, settings.seed)
        for purpose, some in answered.items()
    }
    saved = out / "rm-gsm8k"
    run_stage(saved, lambda folder: _make_reward_model(out, folder, pairs["sampled"], settings))
    model = LlamaForSequenceClassification.from_pretrained(saved, dtype=torch.float32)
    accuracies = measure_reward_model(model.eval(), _tokenizer(out), pairs["measured"])
    write_manifest(out, settings, split, answered, pairs["sampled"], accuracies)
    announce(f"{out}: complete, see {MANIFEST}")


def _claim(work: Path, settings: Settings, split: QuestionSplit) -> None:
    """Refuses a folder whose build was begun with other settings or questions."""
    parts = (split.sampled, split.measured, split.train, split.held_out)
    lines = [one.line for part in parts for one in part]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    wanted = json.dumps({**asdict(settings), "questions": digest}, indent=2, sort_keys=True)
    recorded = work / "settings.json"
    if recorded.exists() and recorded.read_text(encoding="utf-8") != wanted:
        raise BuildError(
            f"{work.parent} holds a build with other settings or questions; delete the folder or "
            "give another --out."
        )
    work.mkdir(parents=True, exist_ok=True)
    recorded.write_text(wanted, encoding="utf-8")


def _write_data(folder: Path, split: QuestionSplit) -> None:
    """The campaign's data: the user's own lines."""
    folder.mkdir()
    for name, questions in (("train", split.train), ("held-out", split.held_out)):
        lines = "".join(question.line + "\n" for question in questions)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


def _make_reward_model(
    out: Path, folder: Path, pairs: Sequence[AnswerPair], settings: Settings
) -> None:
    tokenizer = _tokenizer(out)
    model = new_reward_model(out / "policy", settings.seed)
    train_reward_model(model, tokenizer, pairs, settings)
    model.half().save_pretrained(folder)
    save_tokenizer(tokenizer, folder)


def _tokenizer(out: Path) -> PreTrainedTokenizerFast:
    tokenizer = AutoTokenizer.from_pretrained(out / "policy", local_files_only=True)
    assert isinstance(tokenizer, PreTrainedTokenizerFast)
    return tokenizer
