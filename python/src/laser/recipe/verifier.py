"""Which completion is right: one rule for all families, the same as the verifier on the TypeScript
side."""

import re

ANSWER_PATTERN = r"[^=]+$"
"""Applied to the whole completion; the last match, stripped, is the final answer."""

_ANSWER = re.compile(ANSWER_PATTERN)


def final_answer(completion: str) -> str | None:
    """Text after the last "=", or the entire completion where there is none; None if that is
    empty."""
    matches = _ANSWER.findall(completion)
    return matches[-1].strip() or None if matches else None


def is_correct(completion: str, answer: str) -> bool:
    return final_answer(completion) == answer
