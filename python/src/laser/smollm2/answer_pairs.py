"""Preference pairs for the reward model."""

from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Literal

from laser.smollm2.answered_question import AnsweredSet
from laser.smollm2.solution_text import right_solution, wrong_solution

PairKind = Literal["rightOverWrong", "retoldOverWrong", "solutionOverSlip"]
PAIR_KINDS: tuple[PairKind, ...] = ("rightOverWrong", "retoldOverWrong", "solutionOverSlip")
"""The first is what the reward model is for, but scarce: SmolLM2-135M solves few of GSM8K's
questions. So right answers that it gave with the solution before it stand in as chosen ones; and
so that a solution's look alone does not win, worked solutions with a slip in their result are the
rejected ones of the third kind."""


@dataclass(frozen=True)
class AnswerPair:
    kind: PairKind
    question: str
    chosen: str
    rejected: str


def answer_pairs(answered: AnsweredSet, most: int, seed: int) -> list[AnswerPair]:
    """At most `most` pairs of each kind a question, one of the third; in the questions' order."""
    random = Random(seed)
    pairs: list[AnswerPair] = []
    for question, own, retold in zip(
        answered.questions, answered.own, answered.retold, strict=True
    ):
        kinds: tuple[tuple[PairKind, tuple[str, ...]], ...] = (
            ("rightOverWrong", own.right),
            ("retoldOverWrong", retold.right),
        )
        for kind, right in kinds:
            possible = list(product(right, own.wrong))
            for chosen, rejected in random.sample(possible, min(most, len(possible))):
                pairs.append(AnswerPair(kind, question.text, chosen, rejected))
        slip = wrong_solution(question, random)
        if slip is not None:
            solution = right_solution(question)
            pairs.append(AnswerPair("solutionOverSlip", question.text, solution, slip))
    return pairs
