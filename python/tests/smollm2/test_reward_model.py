from pathlib import Path

import pytest
import torch

from laser.smollm2.answer_pairs import AnswerPair
from laser.smollm2.layer_split import lower_layers, upper_layers
from laser.smollm2.measure_reward_model import PairwiseAccuracy, measure_reward_model
from laser.smollm2.reward_model import new_reward_model, train_reward_model
from laser.smollm2.settings import Settings

from .byte_tokenizer import byte_tokenizer
from .tiny_policy import save_tiny_policy

SETTINGS = Settings(trained_layers=1, epochs=12, pairs_per_step=8, learning_rate=3e-3)


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policy")
    save_tiny_policy(folder)
    return folder


def pairs_of(numbers: range) -> list[AnswerPair]:
    """The right answer ends in "yes", the wrong one in "no"."""
    return [
        AnswerPair("rightOverWrong", f"{number}?", f"{number} yes", f"{number} no")
        for number in numbers
    ]


def test_the_two_parts_of_a_backbone_are_the_whole(policy: Path) -> None:
    backbone = new_reward_model(policy, seed=1).model
    token_ids = torch.randint(3, 200, (2, 11), generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        whole = backbone(input_ids=token_ids, use_cache=False).last_hidden_state
        for count in (1, 2):
            states = lower_layers(backbone, count)(input_ids=token_ids, use_cache=False)
            upper = upper_layers(backbone, count)
            joined = upper(inputs_embeds=states.last_hidden_state, use_cache=False)
            assert torch.equal(joined.last_hidden_state, whole)


def test_training_teaches_the_preference_and_leaves_the_lower_layers(policy: Path) -> None:
    tokenizer = byte_tokenizer()
    model = new_reward_model(policy, seed=1)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    train_reward_model(model, tokenizer, pairs_of(range(100, 164)), SETTINGS)

    unseen = measure_reward_model(model, tokenizer, pairs_of(range(200, 232)))
    assert unseen["rightOverWrong"] == PairwiseAccuracy(1.0, 32, 32)
    assert unseen["solutionOverSlip"] == PairwiseAccuracy(None, 0, 0)

    changed = {name for name, value in model.state_dict().items() if not value.equal(before[name])}
    assert changed
    assert all(name.startswith(("model.layers.2.", "model.norm.", "score.")) for name in changed)


def test_the_same_seed_gives_the_same_weights(policy: Path) -> None:
    trained = []
    for _ in range(2):
        model = new_reward_model(policy, seed=1)
        train_reward_model(model, byte_tokenizer(), pairs_of(range(100, 116)), SETTINGS)
        trained.append(model.state_dict())
    assert all(torch.equal(value, trained[1][name]) for name, value in trained[0].items())
