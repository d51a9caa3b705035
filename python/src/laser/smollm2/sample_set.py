"""SmolLM2's answers to a set of questions, saved part by part."""

from collections.abc import Sequence
from pathlib import Path

from laser.recipe.stage import run_stage
from laser.server.arguments import ModelArgument
from laser.server.models import load_model
from laser.smollm2.answered_question import (
    AnsweredQuestion,
    AnsweredSet,
    read_answered,
    write_answered,
)
from laser.smollm2.question import Question
from laser.smollm2.sample_answers import sample_answers
from laser.smollm2.settings import Settings
from laser.smollm2.stage_progress import StageProgress


def sample_set(
    out: Path, purpose: str, questions: Sequence[Question], settings: Settings
) -> AnsweredSet:
    """Each question answered by itself and with its solution; parts from an earlier build stay."""
    size = settings.questions_per_part
    starts = range(0, len(questions), size)
    parts = {
        (retold, start): out / ".build" / f"{purpose}{'-retold' * retold}-{start // size:03}.jsonl"
        for retold in (False, True)
        for start in starts
    }
    missing = [(part, path) for part, path in parts.items() if not path.exists()]
    if missing:
        model = load_model(ModelArgument("policy", out / "policy", "generate"))
        progress = StageProgress(f"answers of SmolLM2 ({purpose} questions)")
        for done, ((retold, start), path) in enumerate(missing, start=1):
            answered = sample_answers(model, questions[start : start + size], settings, retold)
            run_stage(path, lambda partial, some=answered: write_answered(partial, some))
            right = sum(len(one.right) for one in answered)
            progress(done, len(missing), f" parts, {right} right answers in the last")

    def read(retold: bool) -> list[AnsweredQuestion]:
        return [one for start in starts for one in read_answered(parts[retold, start])]

    return AnsweredSet(questions, read(False), read(True))
