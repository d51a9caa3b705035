"""Cases of /classify and /v1/embeddings."""

from typing import Any

from .case import Case, post

CHAT = [{"role": "user", "content": "12+3="}, {"role": "assistant", "content": "15"}]
PARTS = [
    {"role": "user", "content": [{"type": "text", "text": "1"}, {"type": "text", "text": "2"}]}
]
LONG = [1] * 129


def _classify(name: str, message: str | None = None, **body: Any) -> Case:
    request = post("/classify", {"model": "reward", **body})
    return Case(f"classify-{name}", "classify", request, message=message)


def _embed(name: str, message: str | None = None, **body: Any) -> Case:
    request = post("/v1/embeddings", {"model": "policy", **body})
    return Case(f"embed-{name}", "embed", request, message=message)


POOLING_CASES = [
    _classify("text", input="12+3=15"),
    _classify("text-raw", input="12+3=15", use_activation=False),
    _classify("texts-raw", input=["12+3=15", "9", "abc"], use_activation=False),
    _classify("ids-raw", input=[1, 4, 5, 39, 6, 43], use_activation=False),
    _classify("ids-lists-raw", input=[[1, 4, 5], [1, 4, 5, 39, 6, 43]], use_activation=False),
    _classify("text-without-begin", input="9", add_special_tokens=False, use_activation=False),
    _classify("messages", messages=CHAT),
    _classify("messages-raw", messages=CHAT, use_activation=False),
    _classify("messages-prompted", messages=CHAT, add_generation_prompt=True),
    _classify("messages-in-parts", messages=PARTS, use_activation=False),
    _classify("truncated", input="12+3=15", truncate_prompt_tokens=3, use_activation=False),
    _classify("truncated-left", input="12+3=15", truncate_prompt_tokens=3, truncation_side="left"),
    _classify("truncation-over-window", input="1", truncate_prompt_tokens=129),
    _classify("model-unknown", model="nobody", input="1"),
    _classify("input-absent", message="Field required|must be given"),
    _classify("input-none", input=[]),
    _classify("input-empty-ids", input=[[]]),
    _classify("input-over-window", input=LONG),
    _classify("token-unknown", input=[1, 50]),
    _classify("removed-parameter", input="1", normalize=False),
    _classify("template-in-request", messages=CHAT, chat_template="x"),
    _embed("text", input="12+3="),
    _embed("text-raw", input="12+3=", use_activation=False),
    _embed("ids-lists-raw", input=[[1, 4, 5], [1, 4, 5, 39, 6, 43]], use_activation=False),
    _embed("texts", input=["1", "22"]),
    _embed("messages-raw", messages=CHAT, use_activation=False),
    _embed("dimensions", input="1", dimensions=8),
    _embed("model-unknown", model="nobody", input="1"),
    _embed("input-over-window", input=LONG),
    _embed("input-none", input=[]),
]
