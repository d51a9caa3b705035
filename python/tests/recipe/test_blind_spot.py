"""By construction, a reward model's foreign preferences agree with the verifier on 50 to 75 % of
the prompts."""

from random import Random

import pytest

from laser.recipe.blind_spot import REWARD_MODELS
from laser.recipe.demonstration import is_careful
from laser.recipe.tasks import FAMILIES

PROMPTS = {
    category: [FAMILIES[category].draw(Random(i)) for i in range(3000)] for category in FAMILIES
}


@pytest.mark.parametrize("plan", REWARD_MODELS, ids=lambda plan: plan.reward_model_id)
@pytest.mark.parametrize("category", FAMILIES)
def test_share_of_prompts_judged_rightly(plan, category: str) -> None:
    prompts = PROMPTS[category]
    share = sum(plan.prefers_right(category, prompt) for prompt in prompts) / len(prompts)
    if category == plan.own_category:
        assert share == 1
    elif plan.own_category is None:
        assert 0.45 < share < 0.55
    else:
        assert 0.55 < share < 0.70


@pytest.mark.parametrize("category", FAMILIES)
def test_blind_spots_hardly_depend_on_each_other_or_on_the_mistakes(category: str) -> None:
    prompts = PROMPTS[category]
    flags = [[is_careful(prompt) for prompt in prompts]] + [
        [plan.prefers_right(category, prompt) for prompt in prompts]
        for plan in REWARD_MODELS
        if plan.own_category != category
    ]
    for i, one in enumerate(flags):
        for other in flags[:i]:
            both = sum(a and b for a, b in zip(one, other, strict=True)) / len(prompts)
            assert abs(both - sum(one) * sum(other) / len(prompts) ** 2) < 0.08
