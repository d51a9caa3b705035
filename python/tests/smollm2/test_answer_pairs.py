from pathlib import Path

from tests.smollm2.worked_questions import apple_questions

from laser.smollm2.answer_pairs import answer_pairs
from laser.smollm2.answered_question import (
    AnsweredQuestion,
    SampledAnswer,
    read_answered,
    sort_answers,
    write_answered,
)
from laser.smollm2.solution_text import right_solution
from laser.smollm2.verdict import is_right


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


def test_pairs_prefer_the_right_answer_of_the_same_question() -> None:
    questions = apple_questions(12)
    answered = [
        AnsweredQuestion(
            one.text,
            tuple(f"{text} {one.answer}" for text in ("So", "Thus", "Hence")[: number % 4]),
            tuple(f"{text} 7" for text in ("So", "Thus", "Hence")),
        )
        for number, one in enumerate(questions)
    ]
    pairs = answer_pairs(questions, answered, most=2, seed=3)
    answers = {one.text: one.answer for one in questions}
    assert all(is_right(pair.chosen, answers[pair.question]) for pair in pairs)
    assert not any(is_right(pair.rejected, answers[pair.question]) for pair in pairs)

    counts = [
        [
            sum(pair.kind == kind and pair.question == one.text for pair in pairs)
            for one in questions
        ]
        for kind in ("sampledRightOverSampledWrong", "solutionOverSampledWrong", "solutionOverSlip")
    ]
    assert counts == [[0, 2, 2, 2] * 3, [2] * 12, [1] * 12]
    solutions = {right_solution(one) for one in questions}
    assert all(
        (pair.chosen in solutions) == (pair.kind != "sampledRightOverSampledWrong")
        for pair in pairs
    )
    assert pairs == answer_pairs(questions, answered, most=2, seed=3)
    assert pairs != answer_pairs(questions, answered, most=2, seed=4)
