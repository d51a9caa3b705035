"""Who may see a prompt: a rule on the prompt alone, so the splits are disjoint for every seed and
size."""

import hashlib
from random import Random
from typing import Literal

from laser.recipe.tasks import FAMILIES

Split = Literal["demonstration", "preference", "train", "heldout"]

_SHARES: tuple[tuple[Split, int], ...] = (
    ("demonstration", 10),
    ("preference", 3),
    ("train", 2),
    ("heldout", 1),
)


def split_of(prompt: str) -> Split:
    """First byte of the prompt's SHA-256 modulo 16, cut into shares of 10, 3, 2 and 1."""
    remaining = hashlib.sha256(prompt.encode()).digest()[0] % 16
    for split, share in _SHARES:
        if remaining < share:
            return split
        remaining -= share
    raise AssertionError("the shares sum to 16")


def draw_prompt(category: str, split: Split, random: Random) -> str:
    while True:
        prompt = FAMILIES[category].draw(random)
        if split_of(prompt) == split:
            return prompt


def draw_prompts(category: str, split: Split, count: int, random: Random) -> list[str]:
    """`count` different prompts of one family, all of one split."""
    prompts: dict[str, None] = {}
    while len(prompts) < count:
        prompts[draw_prompt(category, split, random)] = None
    return list(prompts)
