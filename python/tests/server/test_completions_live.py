"""/v1/completions over HTTP: an answer depends on its request alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

ROUND = {
    "model": "policy",
    "prompt": [f"{number}+3=" for number in range(16)],
    "n": 8,
    "max_tokens": 15,
    "temperature": 0.9,
    "top_p": 0.95,
    "seed": 41,
    "logprobs": 0,
    "return_token_ids": True,
    "request_id": "same",
}


def _answer(client: httpx.Client, **body: Any) -> dict[str, Any]:
    response = client.post("/v1/completions", json={"model": "policy", **body})
    assert response.status_code == 200, response.text
    return {**response.json(), "created": 0}


def test_same_request_same_answer(client: httpx.Client) -> None:
    assert _answer(client, **ROUND) == _answer(client, **ROUND)


def test_same_answer_while_others_hammer(client: httpx.Client, url: str) -> None:
    alone = _answer(client, **ROUND)
    stop = threading.Event()

    def hammer(seed: int) -> int:
        count = 0
        with httpx.Client(base_url=url, timeout=120) as other:
            while not stop.is_set():
                _answer(other, prompt=["7*8=", "abc"], n=seed + 2, seed=seed, max_tokens=9)
                other.post("/classify", json={"model": "reward", "input": "1" * (seed + 1)})
                count += 1
        return count

    with ThreadPoolExecutor(4) as pool:
        others = [pool.submit(hammer, seed) for seed in range(4)]
        answers = [_answer(client, **ROUND) for _ in range(4)]
        stop.set()
        assert all(other.result() > 0 for other in others)
    assert answers == [alone] * 4


def test_choices_are_prompt_major_and_complete(client: httpx.Client) -> None:
    answer = _answer(client, **ROUND)
    choices = answer["choices"]
    assert [choice["index"] for choice in choices] == list(range(16 * 8))
    prompts = [tuple(choice["prompt_token_ids"]) for choice in choices[::8]]
    assert len(set(prompts)) == 16
    lengths = [len(choice["token_ids"]) for choice in choices]
    assert lengths == [len(choice["logprobs"]["token_logprobs"]) for choice in choices]
    assert answer["usage"]["completion_tokens"] == sum(lengths)
    assert answer["usage"]["prompt_tokens"] == sum(map(len, prompts))


def test_children_step_the_seed(client: httpx.Client) -> None:
    family = _answer(client, **{**ROUND, "prompt": "12+3="})["choices"]
    texts = set()
    for child, choice in enumerate(family):
        changes = {"prompt": "12+3=", "n": 1, "seed": 41 + child}
        alone = _answer(client, **{**ROUND, **changes})["choices"][0]
        assert alone["token_ids"] == choice["token_ids"]
        texts.add(choice["text"])
    assert len(texts) > 4


def test_batched_prompts_equal_single_prompts(client: httpx.Client) -> None:
    prompts = ["1", "12+34=", "sort 9 8 7: ", "abcdefghijklmnopqrstuvwxyz" * 3]
    body = {"n": 3, "seed": 5, "max_tokens": 20, "temperature": 1, "return_token_ids": True}
    together = _answer(client, prompt=prompts, **body)["choices"]
    for place, prompt in enumerate(prompts):
        alone = _answer(client, prompt=prompt, **body)["choices"]
        batched = together[3 * place : 3 * place + 3]
        assert [choice["token_ids"] for choice in alone] == [
            choice["token_ids"] for choice in batched
        ]


def test_more_sequences_than_a_chunk_holds(client: httpx.Client) -> None:
    body = {"prompt": "12+3=", "temperature": 1, "seed": 9, "max_tokens": 4}
    many = _answer(client, n=130, return_token_ids=True, **body)["choices"]
    few = _answer(client, n=2, return_token_ids=True, **{**body, "seed": 9 + 128})["choices"]
    assert [choice["token_ids"] for choice in many[128:]] == [choice["token_ids"] for choice in few]


def test_a_longer_answer_starts_with_the_shorter(client: httpx.Client) -> None:
    body = {"prompt": "12+3=", "temperature": 1, "seed": 3, "ignore_eos": True}
    short = _answer(client, max_tokens=5, return_token_ids=True, **body)["choices"][0]
    long = _answer(client, max_tokens=90, return_token_ids=True, **body)["choices"][0]
    assert long["token_ids"][:5] == short["token_ids"]


def test_left_out_seed_is_a_seed_too(client: httpx.Client) -> None:
    body = {"prompt": "12+3=", "temperature": 1, "request_id": "same"}
    assert _answer(client, **body) == _answer(client, **body, seed=0)


def test_scoring_sums_to_what_generation_reported(client: httpx.Client) -> None:
    body = {"temperature": 1, "seed": 2, "max_tokens": 12, "logprobs": 0}
    made = _answer(client, prompt="12+3=", return_token_ids=True, **body)["choices"][0]
    ids = made["prompt_token_ids"] + made["token_ids"]
    scored = _answer(
        client, prompt=ids, max_tokens=0, echo=True, logprobs=0, return_token_ids=True
    )["choices"][0]["logprobs"]["token_logprobs"]
    assert scored[0] is None
    answer_part = scored[len(made["prompt_token_ids"]) :]
    assert answer_part == pytest.approx(made["logprobs"]["token_logprobs"], abs=1e-4)


@pytest.mark.parametrize(
    "body",
    [
        {"stream": True},
        {"suffix": "x"},
        {"use_beam_search": True},
        {"logit_bias": {"5": 1.0}},
        {"allowed_token_ids": [5]},
        {"bad_words": ["a"]},
        {"structured_outputs": {"regex": "a"}},
        {"response_format": {"type": "json_object"}},
    ],
)
def test_what_is_not_served_is_refused(client: httpx.Client, body: dict[str, Any]) -> None:
    response = client.post("/v1/completions", json={"model": "policy", "prompt": "1", **body})
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["param"] == next(iter(body)) and error["param"] in error["message"]
