"""Mathematical equality of a completion's final answer and the verified one, by math-verify."""

import logging
from typing import Any

from math_verify import parse, verify

# Its own limits work by SIGALRM and are off here; it says so at every first call.
logging.getLogger("math_verify").setLevel(logging.ERROR)

NO_LIMIT = 0


def math_equivalence(answer: str, completion: str) -> bool | None:
    """Whether the last mathematical expression of `completion` equals `answer`.

    False where the completion has no such expression; None where the verified answer is none, so
    nothing can be checked. May run for ever or take any amount of memory: the caller limits both.
    """
    gold = _parse(f"${answer}$") or _parse(answer)
    if not gold:
        return None
    return bool(verify(gold, _parse(completion), timeout_seconds=NO_LIMIT))


def _parse(text: str) -> list[Any]:
    return parse(text, parsing_timeout=NO_LIMIT)
