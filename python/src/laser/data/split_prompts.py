"""Training and held-out prompts without leakage, the same on every machine."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from laser.data.prompt import Part, Prompt


@dataclass(frozen=True)
class Split:
    by: Literal["public", "hash"]
    """public: as the set's own files have it."""
    train: list[Prompt]
    held_out: list[Prompt]
    dropped: Counter[str]


def unit_hash(seed: int, purpose: str, text: str) -> float:
    """A number in [0, 1) that depends on these alone: SHA-256, the first 8 bytes."""
    digest = hashlib.sha256(f"{seed}\n{purpose}\n{text}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def split_prompts(
    read: Sequence[tuple[Part, Prompt]], *, seed: int, held_out_share: float, resplit: bool
) -> Split:
    """The public split where both of its sides have prompts, unless `resplit`; else a prompt is
    held out by its own hash (its document's, if it has one), so that more data moves none of it.
    Prompts that differ only in case and white space are the same."""
    dropped: Counter[str] = Counter()
    held_out = [prompt for part, prompt in read if part == "heldOut"]
    train = [prompt for part, prompt in read if part != "heldOut"]
    public = bool(held_out and train) and not resplit
    if not public:
        sides: tuple[list[Prompt], list[Prompt]] = ([], [])
        for _, prompt in read:
            text = prompt.document or _identity(prompt)
            sides[unit_hash(seed, "held out", text) < held_out_share].append(prompt)
        train, held_out = sides
    held_out = _distinct(held_out, set(), "duplicate", dropped)
    seen = {_identity(prompt) for prompt in held_out}
    train = _distinct(train, set(), "duplicate", dropped)
    kept = [prompt for prompt in train if _identity(prompt) not in seen]
    if len(kept) < len(train):
        dropped["in train and held-out; kept in held-out"] += len(train) - len(kept)
    return Split("public" if public else "hash", kept, held_out, dropped)


def _distinct(
    prompts: Sequence[Prompt], seen: set[str], reason: str, dropped: Counter[str]
) -> list[Prompt]:
    kept: list[Prompt] = []
    for prompt in prompts:
        identity = _identity(prompt)
        if identity in seen:
            dropped[reason] += 1
        else:
            seen.add(identity)
            kept.append(prompt)
    return kept


def _identity(prompt: Prompt) -> str:
    return " ".join(f"{prompt.document or ''}\n{prompt.text}".casefold().split())


def draw(prompts: Sequence[Prompt], most: int | None, seed: int, purpose: str) -> list[Prompt]:
    """At most so many, drawn by hash, in their order."""
    if most is None or len(prompts) <= most:
        return list(prompts)
    ranks = [unit_hash(seed, purpose, _identity(prompt)) for prompt in prompts]
    drawn = sorted(range(len(prompts)), key=ranks.__getitem__)[:most]
    return [prompts[index] for index in sorted(drawn)]


def draw_per_category(
    prompts: Sequence[Prompt], most: int | None, seed: int, purpose: str
) -> list[Prompt]:
    if most is None:
        return list(prompts)
    kept: set[int] = set()
    for category in {prompt.category for prompt in prompts}:
        own = [prompt for prompt in prompts if prompt.category == category]
        kept.update(id(prompt) for prompt in draw(own, most, seed, purpose))
    return [prompt for prompt in prompts if id(prompt) in kept]
