"""The policy's own samples, sorted into right and wrong by the verifier."""

from collections.abc import Iterable
from dataclasses import dataclass

from laser.recipe.tasks import answer_of
from laser.recipe.verifier import is_correct


@dataclass(frozen=True)
class JudgedPrompt:
    """A prompt with at least one right and one wrong completion; duplicates are left out."""

    category: str
    prompt: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def judge(category: str, prompts: list[str], samples: Iterable[list[str]]) -> list[JudgedPrompt]:
    """Prompts whose samples are all right or all wrong say nothing about a preference and are
    dropped."""
    judged: list[JudgedPrompt] = []
    for prompt, completions in zip(prompts, samples, strict=True):
        answer = answer_of(category, prompt)
        different = dict.fromkeys(completions)
        right = tuple(text for text in different if is_correct(text, answer))
        wrong = tuple(text for text in different if not is_correct(text, answer))
        if right and wrong:
            judged.append(JudgedPrompt(category, prompt, right, wrong))
    return judged
