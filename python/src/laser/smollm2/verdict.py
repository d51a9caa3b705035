"""Whether an answer is right: the rule by which the campaign's evaluation measures accuracy."""

import re

from laser.smollm2.prompt import ANSWER_PATTERN, GOLD_PATTERN

_ANSWER = re.compile(ANSWER_PATTERN)
_GOLD = re.compile(GOLD_PATTERN)


def final_number(completion: str) -> str | None:
    """The last number of a text without thousands' commas, as in "1234" or "-0.5"; or None."""
    numbers = _ANSWER.findall(completion)
    return _plain(numbers[-1]) if numbers else None


def gold_number(solution: str) -> str | None:
    """The number behind "####", or None where there is none."""
    found = _GOLD.search(solution)
    return _plain(found[1]) if found else None


def is_right(completion: str, answer: str) -> bool:
    return final_number(completion) == answer


def _plain(number: str) -> str:
    return number.replace(",", "")
