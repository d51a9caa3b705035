"""The exported folders give the logits of the adapter over the base model."""

import json
from pathlib import Path

import pytest
import torch
from peft import AutoPeftModelForCausalLM, PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

from laser.artifact_store import ArtifactStore, read_bundle
from laser.contract import BaseModel, LoraShape
from laser.export.__main__ import main
from laser.trainer.adapter_bundle import put_adapter
from laser.trainer.policy_model import PolicyModel

BASE = Path(__file__).parents[3] / "models" / "quickstart" / "policy"
TOKENS = torch.tensor([[5, 9, 11, 4, 7, 3, 8]])


@pytest.fixture(scope="module")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter as the trainer stores one, with weights that move every logit."""
    folder = tmp_path_factory.mktemp("adapter")
    base = BaseModel(name="models/policy", path=str(BASE), revision="test")
    lora = LoraShape(rank=4, lora_alpha=8, target_modules=["q_proj", "v_proj"])
    torch.manual_seed(3)
    model = PolicyModel(base, lora)
    weights = {name: torch.randn_like(p) * 0.2 for name, p in model.parameters.items()}
    store = ArtifactStore(folder / "store")
    for name, content in read_bundle(store, put_adapter(store, weights, base, lora)).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def expected(adapter: Path) -> torch.Tensor:
    base = AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.float32)
    plain = logits_of(base)
    moved = logits_of(PeftModel.from_pretrained(base, str(adapter)))
    assert (moved - plain).abs().max() > 0.1
    return moved


def logits_of(model) -> torch.Tensor:
    with torch.no_grad():
        return model(TOKENS).logits.float()


def export(*parameters: str | Path) -> int:
    return main([str(parameter) for parameter in parameters])


def exported(adapter: Path, out: Path, *more: str) -> Path:
    parameters = ("--adapter", adapter, "--base", BASE, "--base-name", BASE, "--out", out)
    assert export(*parameters, *more) == 0
    return out


def test_the_adapter_loads_over_its_base(
    adapter: Path, expected: torch.Tensor, tmp_path: Path
) -> None:
    out = exported(adapter, tmp_path / "out")
    model = AutoPeftModelForCausalLM.from_pretrained(str(out), dtype=torch.float32)
    torch.testing.assert_close(logits_of(model), expected, rtol=0, atol=0)
    assert (out / "tokenizer.json").read_bytes() == (BASE / "tokenizer.json").read_bytes()
    assert AutoTokenizer.from_pretrained(out)("12+3=")["input_ids"]


def test_merged_weights_need_no_adapter(
    adapter: Path, expected: torch.Tensor, tmp_path: Path
) -> None:
    out = exported(adapter, tmp_path / "out", "--merge", "--dtype", "float32")
    assert (out / "model.safetensors").is_file()
    assert not list(out.glob("adapter_*"))
    model = AutoModelForCausalLM.from_pretrained(out, dtype=torch.float32)
    torch.testing.assert_close(logits_of(model), expected, rtol=1e-4, atol=1e-4)


def test_merged_weights_are_as_the_base_model_unless_told(
    adapter: Path, expected: torch.Tensor, tmp_path: Path
) -> None:
    out = exported(adapter, tmp_path / "out", "--merge")
    config = json.loads((BASE / "config.json").read_text())
    model = AutoModelForCausalLM.from_pretrained(out, dtype="auto")
    assert str(model.dtype) == f"torch.{config.get('dtype') or config['torch_dtype']}"
    model = model.float()
    torch.testing.assert_close(logits_of(model), expected, rtol=0.05, atol=0.05)


def test_a_base_model_that_is_not_there(
    adapter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = tmp_path / "absent"
    parameters = ("--adapter", adapter, "--base", absent, "--base-name", "x")
    assert export(*parameters, "--out", tmp_path / "out") == 3
    assert f"The base model {absent} cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
