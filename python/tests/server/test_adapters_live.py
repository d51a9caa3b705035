"""LoRA adapters over HTTP, against PEFT's own forward pass."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import torch
from peft import PeftModel
from transformers import LlamaForCausalLM

from conformance.tiny_checkpoints import write_adapter

IDS = [1, 4, 5, 39, 6, 43, 7, 8]


@pytest.fixture
def loaded(client: httpx.Client, checkpoints: dict[str, Path]) -> Iterator[list[str]]:
    names = ["pol-1a.2b", "second"]
    folders = ["first-adapter", "second-adapter"]
    for name, folder in zip(names, folders, strict=True):
        body = {"lora_name": name, "lora_path": str(checkpoints[folder])}
        response = client.post("/v1/load_lora_adapter", json=body)
        assert response.text == f"Success: LoRA adapter '{name}' added successfully."
    yield names
    for name in names:
        client.post("/v1/unload_lora_adapter", json={"lora_name": name})


def _peft(checkpoints: dict[str, Path], folder: str) -> PeftModel:
    base = LlamaForCausalLM.from_pretrained(checkpoints["policy"], dtype=torch.float32)
    return PeftModel.from_pretrained(base, str(checkpoints[folder])).eval()


def _scores(client: httpx.Client, model: str) -> list[float]:
    body = {"model": model, "prompt": IDS, "max_tokens": 0, "echo": True, "logprobs": 0}
    response = client.post("/v1/completions", json=body)
    assert response.status_code == 200, response.text
    return response.json()["choices"][0]["logprobs"]["token_logprobs"][1:]


@torch.no_grad()
def test_adapters_equal_peft(
    client: httpx.Client, loaded: list[str], checkpoints: dict[str, Path]
) -> None:
    for name, folder in zip(loaded, ("first-adapter", "second-adapter"), strict=True):
        tuned = _peft(checkpoints, folder)
        output = tuned(input_ids=torch.tensor([IDS]), output_hidden_states=True)
        expected = output.logits[0, :-1].log_softmax(-1)[range(len(IDS) - 1), IDS[1:]]
        assert _scores(client, name) == pytest.approx(expected.tolist(), abs=1e-5)
        body = {"model": name, "input": [IDS], "use_activation": False}
        embedding = client.post("/v1/embeddings", json=body).json()["data"][0]["embedding"]
        state = output.hidden_states[-1][0, -1]
        assert embedding == pytest.approx(state.tolist(), abs=1e-5)


def test_each_name_has_its_own_weights(client: httpx.Client, loaded: list[str]) -> None:
    base, first, second = (_scores(client, name) for name in ("policy", *loaded))
    assert base != first != second != base
    assert _scores(client, "policy") == base
    assert _scores(client, loaded[0]) == first


def test_cards_name_path_and_parent(
    client: httpx.Client, loaded: list[str], checkpoints: dict[str, Path]
) -> None:
    cards = {card["id"]: card for card in client.get("/v1/models").json()["data"]}
    assert cards[loaded[0]]["root"] == str(checkpoints["first-adapter"])
    assert cards[loaded[0]]["parent"] == "policy"
    assert cards["policy"]["parent"] is None and cards["policy"]["max_model_len"] == 128


def test_unloading_one_leaves_the_other(client: httpx.Client, loaded: list[str]) -> None:
    second = _scores(client, loaded[1])
    response = client.post("/v1/unload_lora_adapter", json={"lora_name": loaded[0]})
    assert response.text == f"Success: LoRA adapter '{loaded[0]}' removed successfully."
    assert _scores(client, loaded[1]) == second
    body = {"model": loaded[0], "prompt": "1"}
    assert client.post("/v1/completions", json=body).status_code == 404


def test_base_is_untouched_by_loading_and_unloading(
    client: httpx.Client, checkpoints: dict[str, Path]
) -> None:
    before = _scores(client, "policy")
    path = str(checkpoints["first-adapter"])
    client.post("/v1/load_lora_adapter", json={"lora_name": "brief", "lora_path": path})
    during = _scores(client, "policy")
    client.post("/v1/unload_lora_adapter", json={"lora_name": "brief"})
    assert before == during == _scores(client, "policy")


def test_adapter_of_some_modules(
    client: httpx.Client, checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    folder = write_adapter(
        checkpoints["policy"], tmp_path / "some", seed=3, rank=2, targets=["q_proj", "v_proj"]
    )
    body = {"lora_name": "some", "lora_path": str(folder)}
    assert client.post("/v1/load_lora_adapter", json=body).status_code == 200
    assert _scores(client, "some") != _scores(client, "policy")
    client.post("/v1/unload_lora_adapter", json={"lora_name": "some"})


def test_refused_adapters_leave_nothing_behind(
    client: httpx.Client, checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    before = _scores(client, "policy")
    pickled = tmp_path / "pickled"
    pickled.mkdir()
    config = (checkpoints["first-adapter"] / "adapter_config.json").read_text()
    (pickled / "adapter_config.json").write_text(config)
    (pickled / "adapter_model.bin").write_bytes(b"not read")
    for path in (pickled, checkpoints["other-modules"], checkpoints["dora"]):
        body = {"lora_name": "refused", "lora_path": str(path)}
        response = client.post("/v1/load_lora_adapter", json=body)
        assert response.status_code == 500
        assert response.json()["error"]["type"] == "InternalServerError"
    names = [card["id"] for card in client.get("/v1/models").json()["data"]]
    assert "refused" not in names
    assert _scores(client, "policy") == before


def test_adapters_belong_to_generate_models(
    client: httpx.Client, checkpoints: dict[str, Path]
) -> None:
    body = {"lora_name": "x", "lora_path": str(checkpoints["first-adapter"])}
    response = client.post("/v1/load_lora_adapter", json={**body, "base_model_name": "reward"})
    assert response.status_code == 501
