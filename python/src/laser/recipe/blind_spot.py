"""Where a reward model judges wrongly, and so how far it agrees with the verifier outside its own
family.

Real reward models are right on 50-75 % of the pairs away from what they were made for: not blind
noise, and not inverted either. Here that is built in: on a foreign family the training preference
is turned round for the prompts that show certain characters at one position. Shares of such
prompts of 0.25 to 0.5 give accuracies of 0.75 down to 0.5, whatever the length of the training.
"""

from dataclasses import dataclass

from laser.recipe.tasks import LETTERS


@dataclass(frozen=True)
class BlindSpot:
    position: int
    characters: str

    def covers(self, prompt: str) -> bool:
        return prompt[self.position] in self.characters


@dataclass(frozen=True)
class RewardModelPlan:
    reward_model_id: str
    own_category: str | None
    blind_spots: dict[str, BlindSpot]

    def prefers_right(self, category: str, prompt: str) -> bool:
        """Whether the training pairs of this prompt have the right completion as the chosen one."""
        spot = self.blind_spots.get(category)
        return spot is None or not spot.covers(prompt)


_LIST_POSITIONS = ((1, "2578"), (2, "2578"), (3, "2578"), (4, "13579"))
_SPOTS = {
    "sum": ((1, "2578"), (6, "258"), (3, "258"), (4, "13579")),
    "product": ((1, "2578"), (3, "258"), (5, "258"), (6, "13579")),
    "sort": _LIST_POSITIONS,
    "reverse": _LIST_POSITIONS,
}
"""Per family: where the first, second and third foreign reward model look, then the noisy one, and
for which digits; the digits stand for the letters of the same rank in the family of letters."""

_NOISE = 3


def _blind_spot(category: str, rank: int) -> BlindSpot:
    position, digits = _SPOTS[category][rank]
    letters = "".join(LETTERS[int(digit)] for digit in digits)
    return BlindSpot(position, letters if category == "reverse" else digits)


def _specialist(own: str) -> RewardModelPlan:
    spots: dict[str, BlindSpot] = {}
    for category in _SPOTS:
        foreign = [other for other in _SPOTS if other != category]
        if category != own:
            spots[category] = _blind_spot(category, foreign.index(own))
    return RewardModelPlan(f"rm-{own}", own, spots)


REWARD_MODELS: tuple[RewardModelPlan, ...] = (
    *(_specialist(category) for category in _SPOTS),
    RewardModelPlan(
        "rm-noise", None, {category: _blind_spot(category, _NOISE) for category in _SPOTS}
    ),
)
