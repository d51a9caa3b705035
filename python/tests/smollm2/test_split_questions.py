from dataclasses import replace

import pytest

from laser.smollm2.build_error import BuildError
from laser.smollm2.settings import Settings
from laser.smollm2.split_questions import split_questions

from .worked_questions import apple_questions

SETTINGS = Settings(sampled_questions=10, measured_questions=5)


def test_no_question_serves_two_purposes() -> None:
    split = split_questions(apple_questions(100), None, SETTINGS)
    parts = [split.sampled, split.measured, split.train, split.held_out]
    assert [len(part) for part in parts] == [10, 5, 75, 10]
    assert len({question.text for part in parts for question in part}) == 100


def test_the_reward_model_gets_the_easiest() -> None:
    split = split_questions(apple_questions(100), None, SETTINGS)
    easy = [*split.sampled, *split.measured]
    assert all(question.calculations <= 2 for question in easy)
    left_over = [question for question in split.train if question.calculations <= 2]
    longest = max(len(question.text) for question in easy)
    assert longest <= min(len(question.text) for question in left_over)


def test_held_out_questions_are_nowhere_else() -> None:
    questions = apple_questions(100)
    split = split_questions(questions, questions[:20], SETTINGS)
    assert split.held_out == questions[:20]
    others = [*split.sampled, *split.measured, *split.train]
    assert not {one.text for one in others} & {one.text for one in questions[:20]}
    assert len(others) == 80


def test_the_seed_decides() -> None:
    questions = apple_questions(100)
    assert split_questions(questions, None, SETTINGS) == split_questions(questions, None, SETTINGS)
    other = split_questions(questions, None, replace(SETTINGS, seed=SETTINGS.seed + 1))
    assert other.held_out != split_questions(questions, None, SETTINGS).held_out


def test_too_few_questions_are_refused() -> None:
    with pytest.raises(BuildError, match="12 questions are too few"):
        split_questions(apple_questions(12), None, SETTINGS)
