"""What the system relies on beyond shapes. Holds for the embedded server and for a real vLLM."""

from typing import Any

import httpx
import pytest

from .served import Served

ROUND = {
    "model": "policy",
    "prompt": ["12+3=", "9*8=", "abc"],
    "n": 4,
    "seed": 41,
    "max_tokens": 8,
    "temperature": 1,
    "logprobs": 0,
    "return_token_ids": True,
}


def _post(served: Served, role: Any, path: str, body: dict[str, Any]) -> dict[str, Any]:
    if role not in served.urls:
        pytest.skip(f"no --{role} server was named")
    response = httpx.post(f"{served.urls[role]}{path}", json=body, timeout=300)
    assert response.status_code == 200, response.text
    return response.json()


def _tokens(served: Served, **changes: Any) -> list[list[int]]:
    answer = _post(served, "generate", "/v1/completions", {**ROUND, **changes})
    return [choice["token_ids"] for choice in answer["choices"]]


def test_counts_agree(served: Served) -> None:
    answer = _post(served, "generate", "/v1/completions", ROUND)
    choices = answer["choices"]
    assert [choice["index"] for choice in choices] == list(range(12))
    for choice in choices:
        assert len(choice["token_ids"]) == len(choice["logprobs"]["token_logprobs"]) <= 8
        assert choice["finish_reason"] == "length" or len(choice["token_ids"]) <= 8
        assert all(value <= 0 for value in choice["logprobs"]["token_logprobs"])
    usage = answer["usage"]
    assert usage["prompt_tokens"] == sum(len(choice["prompt_token_ids"]) for choice in choices[::4])
    assert usage["completion_tokens"] == sum(len(choice["token_ids"]) for choice in choices)


def test_same_request_same_tokens(served: Served) -> None:
    assert _tokens(served) == _tokens(served)


def test_another_seed_other_tokens(served: Served) -> None:
    assert _tokens(served) != _tokens(served, seed=99)


def test_children_step_the_seed(served: Served) -> None:
    family = _tokens(served, prompt="12+3=")
    alone = [_tokens(served, prompt="12+3=", n=1, seed=41 + child)[0] for child in range(4)]
    assert family == alone


def test_batched_prompts_equal_single_prompts(served: Served) -> None:
    together = _tokens(served)
    alone = [tokens for prompt in ROUND["prompt"] for tokens in _tokens(served, prompt=prompt)]
    assert together == alone


def test_scores_equal_what_generation_reported(served: Served) -> None:
    made = _post(served, "generate", "/v1/completions", {**ROUND, "prompt": "12+3=", "n": 1})
    choice = made["choices"][0]
    ids = choice["prompt_token_ids"] + choice["token_ids"]
    body = {"model": "policy", "prompt": ids, "max_tokens": 0, "echo": True, "logprobs": 0}
    scored = _post(served, "generate", "/v1/completions", body)["choices"][0]["logprobs"]
    answer_part = scored["token_logprobs"][len(choice["prompt_token_ids"]) :]
    assert answer_part == pytest.approx(choice["logprobs"]["token_logprobs"], abs=1e-3)


def test_raw_score_is_the_logit_of_the_default(served: Served) -> None:
    body = {"model": "reward", "input": ["12+3=15", "9"]}
    raw = _post(served, "classify", "/classify", {**body, "use_activation": False})["data"]
    activated = _post(served, "classify", "/classify", body)["data"]
    for first, second in zip(raw, activated, strict=True):
        expected = 1 / (1 + 2.718281828459045 ** -first["probs"][0])
        assert second["probs"][0] == pytest.approx(expected, abs=1e-4)
    assert any(not 0 <= item["probs"][0] <= 1 for item in raw)
