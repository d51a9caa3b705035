"""What a served model takes from its folder."""

import json
import shutil
from pathlib import Path

import pytest

from laser.server.arguments import ModelArgument
from laser.server.models import ModelRegistry, load_model
from laser.server.protocol import CompletionRequest
from laser.server.sampling_parameters import sampling_parameters


def _copy(checkpoints: dict[str, Path], folder: Path, **generation: object) -> Path:
    shutil.copytree(checkpoints["policy"], folder)
    text = json.dumps({"eos_token_id": [2, 9], **generation})
    (folder / "generation_config.json").write_text(text)
    return folder


def test_sampling_defaults_come_from_generation_config(
    checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    folder = _copy(checkpoints, tmp_path / "tuned", do_sample=True, temperature=0.3, top_k=5)
    model = load_model(ModelArgument("tuned", folder, "generate"))
    left_out = sampling_parameters(model, CompletionRequest(prompt="1"), 4)
    assert (left_out.temperature, left_out.top_k, left_out.top_p) == (0.3, 5, 1.0)
    given = sampling_parameters(model, CompletionRequest(prompt="1", temperature=1, top_k=0), 4)
    assert (given.temperature, given.top_k) == (1.0, 0)


def test_further_ending_tokens_come_from_generation_config(
    checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    folder = _copy(checkpoints, tmp_path / "tuned")
    model = load_model(ModelArgument("tuned", folder, "generate"))
    assert (model.eos_token_id, model.other_eos_token_ids) == (2, (9,))


def test_fingerprint_follows_the_weights(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    first = load_model(ModelArgument("a", checkpoints["policy"], "generate"))
    same = load_model(ModelArgument("b", _copy(checkpoints, tmp_path / "same"), "generate"))
    other = load_model(ModelArgument("c", checkpoints["reward"], "classify"))
    assert first.fingerprint == same.fingerprint != other.fingerprint
    assert ModelRegistry([first, other]).find(None, "classify", "Classification").name == "c"


def test_pickled_weights_are_never_read(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    folder = _copy(checkpoints, tmp_path / "pickled")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(OSError, match="safetensors"):
        load_model(ModelArgument("pickled", folder, "generate"))
