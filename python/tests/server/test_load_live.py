"""The server under load: disconnects, admission, body size, metrics."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from conformance.live_server import live_server

LONG = {
    "model": "policy",
    "prompt": ["1"] * 64,
    "n": 128,
    "max_tokens": 120,
    "temperature": 1,
    "ignore_eos": True,
}
SHORT = {"model": "policy", "prompt": "1", "max_tokens": 1, "temperature": 0}


@pytest.fixture(scope="module")
def limited(checkpoints: dict[str, Path]) -> Iterator[str]:
    model = f"policy={checkpoints['policy']}"
    limits = ("--max-num-queued-reqs", "4", "--max-request-bytes", "2000")
    with live_server("--model", model, *limits) as address:
        yield address


def _metric(client: httpx.Client, line: str) -> float:
    lines = client.get("/metrics").text.splitlines()
    return sum(float(text.rsplit(" ", 1)[1]) for text in lines if text.startswith(line))


def test_disconnect_ends_the_computation(client: httpx.Client) -> None:
    aborted = _metric(client, 'vllm:request_success_total{finished_reason="abort"')
    with pytest.raises(httpx.ReadTimeout):
        client.post("/v1/completions", json=LONG, timeout=1.5)
    started = time.monotonic()
    assert client.post("/v1/completions", json=SHORT).status_code == 200
    assert time.monotonic() - started < 5
    assert _metric(client, 'vllm:request_success_total{finished_reason="abort"') == aborted + 1


def test_a_waiting_request_whose_client_left_is_never_computed(client: httpx.Client) -> None:
    before = _metric(client, "vllm:generation_tokens_total")
    with ThreadPoolExecutor(1) as pool, httpx.Client(base_url=client.base_url) as other:
        running = pool.submit(client.post, "/v1/completions", json={**LONG, "n": 8})
        time.sleep(0.3)
        with pytest.raises(httpx.ReadTimeout):
            other.post("/v1/completions", json={**SHORT, "max_tokens": 100}, timeout=0.3)
        tokens = running.result().json()["usage"]["completion_tokens"]
    assert client.post("/v1/completions", json=SHORT).status_code == 200
    assert _metric(client, "vllm:generation_tokens_total") == before + tokens + 1


def test_health_answers_while_computing(client: httpx.Client, url: str) -> None:
    with ThreadPoolExecutor(1) as pool, httpx.Client(base_url=url) as other:
        running = pool.submit(client.post, "/v1/completions", json={**LONG, "n": 8})
        time.sleep(0.3)
        started = time.monotonic()
        assert other.get("/health").status_code == 200
        assert time.monotonic() - started < 1
        assert running.result().status_code == 200


def test_admission_limit_is_503(limited: str) -> None:
    with httpx.Client(base_url=limited, timeout=60) as client:
        refused = client.post("/v1/completions", json={**SHORT, "n": 5, "temperature": 1})
        assert refused.status_code == 503
        assert refused.json()["error"]["type"] == "Service Unavailable"
        assert "retry-after" not in refused.headers
        assert client.post("/v1/completions", json=SHORT).status_code == 200
        line = 'vllm:admission_rejections_total{reason="max_num_queued_reqs"'
        assert _metric(client, line) == 1


def test_slots_are_given_back(limited: str) -> None:
    with httpx.Client(base_url=limited, timeout=60) as client:
        for _ in range(6):
            body = {**SHORT, "n": 4, "temperature": 1}
            assert client.post("/v1/completions", json=body).status_code == 200
        wrong = {**SHORT, "temperature": 9}
        for _ in range(6):
            assert client.post("/v1/completions", json=wrong).status_code == 400
        assert client.post("/v1/completions", json=SHORT).status_code == 200


@pytest.mark.parametrize("announced", [True, False])
def test_large_bodies_are_413(limited: str, announced: bool) -> None:
    body = b'{"model":"policy","prompt":"' + b"1" * 4000 + b'"}'
    content = body if announced else iter([body[:1500], body[1500:]])
    headers = {"content-type": "application/json"}
    with httpx.Client(base_url=limited, timeout=60) as client:
        response = client.post("/v1/completions", content=content, headers=headers)
    assert response.status_code == 413
    assert "--max-request-bytes" in response.json()["error"]["message"]
