"""Preference pairs for the reward model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Literal

from laser.smollm2.answered_question import AnsweredQuestion
from laser.smollm2.question import Question
from laser.smollm2.solution_text import right_solution, wrong_solution

PairKind = Literal["sampledRightOverSampledWrong", "solutionOverSampledWrong", "solutionOverSlip"]
PAIR_KINDS: tuple[PairKind, ...] = (
    "sampledRightOverSampledWrong",
    "solutionOverSampledWrong",
    "solutionOverSlip",
)
"""First what the reward model is for. It is scarce: SmolLM2-135M solves a few percent of GSM8K.
So worked solutions stand in as the chosen ones; and so that a solution's style alone does not
win, the same solutions with a slip in their result are the rejected ones of the third kind."""


@dataclass(frozen=True)
class AnswerPair:
    kind: PairKind
    question: str
    chosen: str
    rejected: str


def answer_pairs(
    questions: Iterable[Question], answered: Sequence[AnsweredQuestion], most: int, seed: int
) -> list[AnswerPair]:
    """At most `most` pairs of each kind a question, one of the third; in the questions' order."""
    random = Random(seed)
    pairs: list[AnswerPair] = []
    for question, answers in zip(questions, answered, strict=True):
        text, solution = question.text, right_solution(question)
        sampled = list(product(answers.right, answers.wrong))
        for chosen, rejected in random.sample(sampled, min(most, len(sampled))):
            pairs.append(AnswerPair("sampledRightOverSampledWrong", text, chosen, rejected))
        for rejected in random.sample(answers.wrong, min(most, len(answers.wrong))):
            pairs.append(AnswerPair("solutionOverSampledWrong", text, solution, rejected))
        slip = wrong_solution(question, random)
        if slip is not None:
            pairs.append(AnswerPair("solutionOverSlip", text, solution, slip))
    return pairs
