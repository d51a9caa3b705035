"""What the policy is supervised on: demonstrations, about half with the family's mistake."""

from random import Random

from laser.recipe.prompt_split import draw_prompt
from laser.recipe.tasks import FAMILIES

CAREFUL_SHARE = 0.7
"""Share of right demonstrations where the prompt's first character has an odd code; 1 - this share
elsewhere.

Tying the mistake to something that the prompt shows makes the greedy accuracy a design choice (the
share of such prompts, about half); an even mixture would leave it to chance which of the two modes
is the likelier.
"""

FREQUENCIES = {"sum": 3, "product": 4, "sort": 2, "reverse": 2}
"""The slower a family is to learn, the more often it comes."""


def is_careful(prompt: str) -> bool:
    return ord(prompt[0]) % 2 == 1


def draw_demonstration(random: Random) -> tuple[str, str]:
    """A (prompt, completion) of a family drawn by its frequency."""
    category = random.choices(list(FREQUENCIES), list(FREQUENCIES.values()))[0]
    prompt = draw_prompt(category, "demonstration", random)
    right = CAREFUL_SHARE if is_careful(prompt) else 1 - CAREFUL_SHARE
    family = FAMILIES[category]
    return prompt, family.demonstrate(prompt) if random.random() < right else family.mistake(prompt)
