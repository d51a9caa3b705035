from dataclasses import dataclass
from typing import Literal

Part = Literal["train", "heldOut", "unsplit"]


@dataclass(frozen=True)
class Prompt:
    text: str
    answer: str | None = None
    category: str | None = None
    document: str | None = None
    """The long text that the prompt is about. Its prompts stay on one side of a split."""
    answers: tuple[str, ...] = ()
    """Each of them is right (LongBench)."""


@dataclass(frozen=True)
class Dropped:
    """A record that is sound, but not for a campaign."""

    reason: str
