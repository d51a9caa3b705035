"""Which questions serve what. No question serves two purposes."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from laser.smollm2.build_error import BuildError
from laser.smollm2.question import Question
from laser.smollm2.settings import Settings


@dataclass(frozen=True)
class QuestionSplit:
    sampled: list[Question]
    """For the reward model's training."""
    measured: list[Question]
    """For measuring the reward model."""
    train: list[Question]
    """For the policy's training."""
    held_out: list[Question]
    """For measuring the policy."""


def split_questions(
    questions: Sequence[Question], held_out: Sequence[Question] | None, settings: Settings
) -> QuestionSplit:
    """The reward model gets the questions of two calculations at most, the shortest first.

    A model of this size solves hardly any of the others, and without right answers there is
    nothing to prefer. The policy's questions are not chosen: they are what the file has.
    """
    asked = {question.text for question in held_out or ()}
    distinct = {question.text: question for question in questions if question.text not in asked}
    rest = list(distinct.values())
    Random(settings.seed).shuffle(rest)
    if held_out is None:
        tenth = len(rest) // 10
        held_out, rest = rest[:tenth], rest[tenth:]
    wanted = settings.sampled_questions + settings.measured_questions
    easiest = sorted(rest, key=_difficulty)[:wanted]
    Random(settings.seed).shuffle(easiest)
    chosen = {question.text for question in easiest}
    train = [question for question in rest if question.text not in chosen]
    if len(easiest) < wanted or not train or not held_out:
        raise BuildError(
            f"{len(distinct)} questions are too few: the reward model takes {wanted}, and the "
            "policy needs some to train and some to be measured on. Give a larger --questions "
            "file, or a smaller --sampled-questions."
        )
    sampled = easiest[: settings.sampled_questions]
    measured = easiest[settings.sampled_questions :]
    return QuestionSplit(sampled, measured, train, list(held_out))


def _difficulty(question: Question) -> tuple[int, int]:
    return (max(2, question.calculations), len(question.text))
