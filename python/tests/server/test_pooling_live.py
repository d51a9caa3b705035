"""/classify and /v1/embeddings over HTTP, against transformers."""

import base64
import struct
from pathlib import Path
from typing import Any

import httpx
import pytest
import torch
from transformers import LlamaForCausalLM, LlamaForSequenceClassification

INPUTS = [[1, 4, 5, 39, 6, 43], [1, 9], [1] + [7] * 90, [1, 0, 0]]


def _classify(client: httpx.Client, **body: Any) -> list[list[float]]:
    response = client.post("/classify", json={"model": "reward", **body})
    assert response.status_code == 200, response.text
    return [item["probs"] for item in response.json()["data"]]


@torch.no_grad()
@pytest.mark.parametrize("name", ["reward", "three-labels"])
def test_raw_logits_equal_transformers(
    client: httpx.Client, checkpoints: dict[str, Path], name: str
) -> None:
    network = LlamaForSequenceClassification.from_pretrained(
        checkpoints[name], dtype=torch.float32
    ).eval()
    answered = _classify(client, model=name, input=INPUTS, use_activation=False)
    for token_ids, probs in zip(INPUTS, answered, strict=True):
        states = network.model(input_ids=torch.tensor([token_ids])).last_hidden_state
        expected = network.score(states[0, -1])
        assert probs == pytest.approx(expected.tolist(), abs=1e-5)


def test_activation_is_on_unless_switched_off(client: httpx.Client) -> None:
    raw = torch.tensor(_classify(client, input=INPUTS, use_activation=False))
    assert torch.allclose(torch.tensor(_classify(client, input=INPUTS)), raw.sigmoid())
    labels = {"model": "three-labels", "input": INPUTS}
    raw = torch.tensor(_classify(client, **labels, use_activation=False))
    assert torch.allclose(torch.tensor(_classify(client, **labels)), raw.softmax(-1))


def test_inputs_together_equal_inputs_alone(client: httpx.Client) -> None:
    many = [[1, *([5] * (count % 40)), 6] for count in range(150)]
    together = _classify(client, input=many, use_activation=False)
    for place in (0, 63, 64, 149):
        alone = _classify(client, input=[many[place]], use_activation=False)
        assert alone[0] == pytest.approx(together[place], abs=1e-5)


def test_messages_equal_their_rendering(client: httpx.Client) -> None:
    messages = [{"role": "user", "content": "1+1="}, {"role": "assistant", "content": "2"}]
    body = {"model": "reward", "messages": messages, "add_generation_prompt": False}
    rendered = client.post("/tokenize", json=body).json()["tokens"]
    assert _classify(client, messages=messages) == _classify(client, input=[rendered])


def test_nan_is_vllms_400(client: httpx.Client) -> None:
    response = client.post("/classify", json={"model": "broken", "input": "1"})
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["message"].startswith("Out of range float values are not JSON compliant")


@torch.no_grad()
def test_embedding_is_the_last_hidden_state(
    client: httpx.Client, checkpoints: dict[str, Path]
) -> None:
    network = LlamaForCausalLM.from_pretrained(checkpoints["policy"], dtype=torch.float32).eval()
    body = {"model": "policy", "input": INPUTS}
    raw = client.post("/v1/embeddings", json={**body, "use_activation": False}).json()["data"]
    unit = client.post("/v1/embeddings", json=body).json()["data"]
    for token_ids, first, second in zip(INPUTS, raw, unit, strict=True):
        state = network.model(input_ids=torch.tensor([token_ids])).last_hidden_state[0, -1]
        assert first["embedding"] == pytest.approx(state.tolist(), abs=1e-5)
        expected = torch.nn.functional.normalize(state, dim=0)
        assert second["embedding"] == pytest.approx(expected.tolist(), abs=1e-5)


def test_base64_holds_the_same_floats(client: httpx.Client) -> None:
    body = {"model": "policy", "input": [INPUTS[0]], "use_activation": False}
    plain = client.post("/v1/embeddings", json=body).json()["data"][0]["embedding"]
    coded = client.post("/v1/embeddings", json={**body, "encoding_format": "base64"}).json()
    unpacked = struct.unpack(f"<{len(plain)}f", base64.b64decode(coded["data"][0]["embedding"]))
    assert list(unpacked) == plain


@pytest.mark.parametrize(
    ("path", "model", "api"),
    [
        ("/classify", "policy", "Classification"),
        ("/v1/embeddings", "reward", "Embeddings"),
        ("/v1/completions", "reward", "Completions"),
    ],
)
def test_a_model_of_another_task_is_501(
    client: httpx.Client, path: str, model: str, api: str
) -> None:
    body = {"model": model, "input": "1", "prompt": "1"}
    response = client.post(path, json=body)
    assert response.status_code == 501
    assert response.json()["error"]["message"] == f"The model does not support {api} API"
