from random import Random

import pytest

from laser.smollm2.solution_text import right_solution, wrong_solution
from laser.smollm2.verdict import is_right

from .worked_questions import worked_question

QUESTION = worked_question(
    "A shelf has 3 rows of 14 jars. How many jars are there after 2 broke?",
    "There were 3*14 = <<3*14=42>>42 jars.\nNow there are 42-2 = <<42-2=40>>40 jars.\n#### 40",
)


def test_a_solution_reads_as_the_prompt_asks() -> None:
    assert right_solution(QUESTION) == (
        "There were 3*14 = 42 jars.\nNow there are 42-2 = 40 jars.\nThe answer is 40."
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_slip_changes_the_result_and_nothing_else(seed: int) -> None:
    wrong = wrong_solution(QUESTION, Random(seed))
    assert wrong is not None
    assert not is_right(wrong, QUESTION.answer)
    slip = wrong.removesuffix(".").rpartition(" ")[2]
    assert len(slip) == 2
    assert wrong.replace(slip, "40") == right_solution(QUESTION)


@pytest.mark.parametrize(
    ("text", "solution"),
    [
        (
            "There are 40 jars and none broke. How many are there?",
            "It is 40-0 = <<40-0=40>>40.\n#### 40",
        ),
        ("How many jars are there?", "It takes 2*20.5 = <<2*20.5=41>>41 minus one.\n#### 40"),
        ("How many jars are there?", "It takes 2*140 = <<2*140=280>>280 and 40.5.\n#### 40"),
    ],
)
def test_no_slip_where_it_would_not_be_one(text: str, solution: str) -> None:
    assert wrong_solution(worked_question(text, solution), Random(1)) is None
