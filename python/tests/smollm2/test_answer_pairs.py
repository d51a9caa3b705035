from collections import Counter
from pathlib import Path

from laser.smollm2.answer_pairs import PAIR_KINDS, answer_pairs
from laser.smollm2.answered_question import (
    AnsweredQuestion,
    AnsweredSet,
    SampledAnswer,
    read_answered,
    sort_answers,
    write_answered,
)
from laser.smollm2.solution_text import right_solution
from laser.smollm2.verdict import is_right

from .worked_questions import apple_questions


def test_cut_answers_are_never_right_and_repeated_ones_count_once() -> None:
    samples = [
        SampledAnswer("The answer is 7.", True),
        SampledAnswer("The answer is 7.", True),
        SampledAnswer("First we take 7", False),
        SampledAnswer("The answer is 8.", True),
        SampledAnswer("It is 8, it is 8", False),
        SampledAnswer("Who knows", True),
    ]
    assert sort_answers("How many?", "7", samples) == AnsweredQuestion(
        "How many?",
        ("The answer is 7.",),
        ("The answer is 8.", "It is 8, it is 8", "Who knows"),
    )


def test_answers_come_back_from_the_file(tmp_path: Path) -> None:
    answered = [AnsweredQuestion("a\nb", ("ü 1",), ()), AnsweredQuestion("c", (), ("2", "3"))]
    write_answered(tmp_path / "answered.jsonl", answered)
    assert read_answered(tmp_path / "answered.jsonl") == answered


def answered_set() -> AnsweredSet:
    """12 questions with 0 to 3 right answers and 3 wrong ones; one in two has right retold ones."""
    questions = apple_questions(12)
    own: list[AnsweredQuestion] = []
    retold: list[AnsweredQuestion] = []
    for number, question in enumerate(questions):
        right = [f"{word} {question.answer}" for word in ("So", "Thus", "Hence")[: number % 4]]
        told = [f"{word}, as said, {question.answer}" for word in ("So", "Thus") if number % 2]
        own.append(AnsweredQuestion(question.text, tuple(right), ("So 7", "Thus 7", "Hence 7")))
        retold.append(AnsweredQuestion(question.text, tuple(told), ("As said, 8",)))
    return AnsweredSet(questions, own, retold)


def test_pairs_prefer_the_right_answer_of_the_same_question() -> None:
    answered = answered_set()
    pairs = answer_pairs(answered, most=2, seed=3)
    answers = {one.text: one.answer for one in answered.questions}
    assert all(is_right(pair.chosen, answers[pair.question]) for pair in pairs)
    assert not any(is_right(pair.rejected, answers[pair.question]) for pair in pairs)
    assert "As said, 8" not in {pair.rejected for pair in pairs}

    counted = Counter((pair.kind, pair.question) for pair in pairs)
    counts = {kind: [counted[kind, text] for text in answers] for kind in PAIR_KINDS}
    assert counts == {
        "rightOverWrong": [0, 2, 2, 2] * 3,
        "retoldOverWrong": [0, 2] * 6,
        "solutionOverSlip": [1] * 12,
    }
    solutions = {right_solution(one) for one in answered.questions}
    for pair in pairs:
        assert (pair.chosen in solutions) == (pair.kind == "solutionOverSlip")
        assert ("as said" in pair.chosen) == (pair.kind == "retoldOverWrong")


def test_the_seed_decides_which_pairs() -> None:
    pairs = answer_pairs(answered_set(), most=2, seed=3)
    assert pairs == answer_pairs(answered_set(), most=2, seed=3)
    assert pairs != answer_pairs(answered_set(), most=2, seed=4)
