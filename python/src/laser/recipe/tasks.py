"""The four task families. Every prompt has one right answer and one systematic mistake that
differs from it.

Within a family all prompts have one length, and each family's prompts end with a character of its
own, so that the last token's hidden state, the bandit's context, tells the families apart.
"""

import re
from dataclasses import dataclass
from random import Random
from typing import Protocol

LETTERS = "abcdefghij"
LIST_LENGTH = 5


class Family(Protocol):
    @property
    def category(self) -> str: ...

    @property
    def end(self) -> str:
        """The last character of every prompt."""
        ...

    def draw(self, random: Random) -> str:
        """A prompt whose mistaken demonstration has another answer than the right one."""
        ...

    def demonstrate(self, prompt: str) -> str:
        """The right completion, with the family's intermediate step where it has one."""
        ...

    def mistake(self, prompt: str) -> str:
        """The completion of someone who makes the family's systematic mistake."""
        ...


def _add_without_carry(left: int, right: int) -> int:
    digits = zip(f"{left:03d}", f"{right:03d}", strict=True)
    return int("".join(str((int(a) + int(b)) % 10) for a, b in digits))


@dataclass(frozen=True)
class Sum:
    """`47+25+8=` → `72+8=80`; the mistake adds every column without the carry."""

    category: str = "sum"
    end: str = "="

    def draw(self, random: Random) -> str:
        while True:
            first, second, third = (
                random.randint(10, 99),
                random.randint(10, 99),
                random.randint(1, 9),
            )
            prompt = f"{first}+{second}+{third}{self.end}"
            if self.mistake(prompt) != self.demonstrate(prompt):
                return prompt

    def demonstrate(self, prompt: str) -> str:
        first, second, third = (int(number) for number in prompt[:-1].split("+"))
        return f"{first + second}+{third}={first + second + third}"

    def mistake(self, prompt: str) -> str:
        first, second, third = (int(number) for number in prompt[:-1].split("+"))
        partial = _add_without_carry(first, second)
        return f"{partial}+{third}={_add_without_carry(partial, third)}"


@dataclass(frozen=True)
class Product:
    """`17*6-45?` → `102-45=57`, the first number below 25; the mistake adds the last number."""

    category: str = "product"
    end: str = "?"

    def draw(self, random: Random) -> str:
        while True:
            left, right, minus = (
                random.randint(11, 24),
                random.randint(2, 9),
                random.randint(10, 99),
            )
            if left * right >= minus:
                return f"{left}*{right}-{minus}{self.end}"

    def demonstrate(self, prompt: str) -> str:
        left, right, minus = (int(number) for number in re.findall(r"\d+", prompt))
        return f"{left * right}-{minus}={left * right - minus}"

    def mistake(self, prompt: str) -> str:
        left, right, minus = (int(number) for number in re.findall(r"\d+", prompt))
        return f"{left * right}+{minus}={left * right + minus}"


@dataclass(frozen=True)
class Sort:
    """`52917<` → `12579`; the mistake sorts downwards."""

    category: str = "sort"
    end: str = "<"

    def draw(self, random: Random) -> str:
        while True:
            digits = "".join(str(random.randint(0, 9)) for _ in range(LIST_LENGTH))
            if len(set(digits)) > 1:
                return digits + self.end

    def demonstrate(self, prompt: str) -> str:
        return "".join(sorted(prompt[:-1]))

    def mistake(self, prompt: str) -> str:
        return "".join(sorted(prompt[:-1], reverse=True))


@dataclass(frozen=True)
class Reverse:
    """`hbdac~` → `cadbh`; the mistake moves the first letter to the end and leaves the rest."""

    category: str = "reverse"
    end: str = "~"

    def draw(self, random: Random) -> str:
        while True:
            prompt = "".join(random.choices(LETTERS, k=LIST_LENGTH)) + self.end
            if self.mistake(prompt) != self.demonstrate(prompt):
                return prompt

    def demonstrate(self, prompt: str) -> str:
        return prompt[-2::-1]

    def mistake(self, prompt: str) -> str:
        return prompt[1:-1] + prompt[0]


FAMILIES: dict[str, Family] = {
    family.category: family for family in (Sum(), Product(), Sort(), Reverse())
}


def answer_of(category: str, prompt: str) -> str:
    return FAMILIES[category].demonstrate(prompt).rpartition("=")[2]
