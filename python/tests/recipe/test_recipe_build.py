"""Trainings repeat to the last bit, and a folder that holds another build is refused."""

import json
from pathlib import Path
from random import Random

import pytest
import torch

from laser.recipe.blind_spot import REWARD_MODELS
from laser.recipe.build import BuildError, build
from laser.recipe.judged_prompt import JudgedPrompt, judge
from laser.recipe.policy import train_policy
from laser.recipe.prompt_split import draw_prompts
from laser.recipe.reward_model import train_reward_model
from laser.recipe.settings import PolicySettings, RewardModelSettings, Settings
from laser.recipe.tasks import FAMILIES

FEW_STEPS = PolicySettings(steps=3, demonstrations_per_step=8)


def silent(step: int, steps: int, loss: float) -> None:
    assert 1 <= step <= steps
    assert loss > 0


def judged_demonstrations() -> list[JudgedPrompt]:
    judged: list[JudgedPrompt] = []
    for category, family in FAMILIES.items():
        prompts = draw_prompts(category, "preference", 6, Random(0))
        samples = [[family.demonstrate(one), family.mistake(one)] for one in prompts]
        judged += judge(category, prompts, samples)
    return judged


def same_weights(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(left, right) for left, right in pairs)


def test_trainings_depend_on_their_seed_alone() -> None:
    policy = train_policy(FEW_STEPS, 5, silent)
    assert same_weights(policy, train_policy(FEW_STEPS, 5, silent))
    assert not same_weights(policy, train_policy(FEW_STEPS, 6, silent))
    settings = RewardModelSettings(steps=3, pairs_per_step=4)
    first, again = (
        train_reward_model(REWARD_MODELS[0], policy, judged_demonstrations(), settings, 5, silent)
        for _ in range(2)
    )
    assert same_weights(first, again)


def test_an_unfinished_build_with_other_settings_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build" / "settings.json").write_text(json.dumps({"seed": 1}))
    with pytest.raises(BuildError, match="other settings"):
        build(tmp_path, Settings())


def test_a_changed_file_under_a_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("changed")
    manifest = {"files": {"note": {"bytes": 1, "sha256": "0" * 64}}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BuildError, match="do not match"):
        build(tmp_path, Settings())
