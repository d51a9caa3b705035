"""A worked solution as an answer in the style the prompt asks for, and the same one gone wrong."""

import re
from random import Random

from laser.smollm2.question import Question
from laser.smollm2.verdict import is_right

_CALCULATION = re.compile(r"<<[^<>]*>>")
_LAST_LINE = re.compile(r"\n?####.*$", re.DOTALL)
_NUMBER = r"(?<![\d.,]){}(?![\d]|[.,]\d)"


def right_solution(question: Question) -> str:
    """Without the <<calculations>>, and with "The answer is N." for the line "#### N"."""
    steps = _CALCULATION.sub("", _LAST_LINE.sub("", question.solution))
    return f"{steps.strip()}\nThe answer is {question.answer}."


def wrong_solution(question: Question, random: Random) -> str | None:
    """The same words with a wrong result: the answer, wherever its number stands, is another one.

    None where that would not be one slip: the number stands in the question too, or the steps
    never reach it.
    """
    steps, _, _ = right_solution(question).rpartition("\n")
    number = re.compile(_NUMBER.format(re.escape(question.answer)))
    if number.search(question.text) or not number.search(steps):
        return None
    slip = _slip(question.answer, random)
    wrong = f"{number.sub(slip, steps)}\nThe answer is {slip}."
    return None if is_right(wrong, question.answer) else wrong


def _slip(answer: str, random: Random) -> str:
    """The number with one digit changed; its length, sign and point stay."""
    places = [place for place, character in enumerate(answer) if character.isdigit()]
    place = random.choice(places)
    first = place == places[0] and len(places) > 1
    digits = [
        digit for digit in "0123456789" if digit != answer[place] and not (first and digit == "0")
    ]
    return answer[:place] + random.choice(digits) + answer[place + 1 :]
