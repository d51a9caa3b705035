"""Differences between a reply and vLLM's recorded one, in the respects clients rely on."""

import math
import re
from collections.abc import Iterator
from typing import Any

from .case import Case

VOLATILE = {"created", "system_fingerprint", "version"}
RANDOM_ID = re.compile(r"[0-9a-f]{16,}$")
DRAWN = {"text", "tokens", "token_ids", "token_logprobs", "top_logprobs", "text_offset"}
DRAWN_VALUES = {"finish_reason", "stop_reason", "completion_tokens", "total_tokens"}
ABSOLUTE = 2e-3


def differences(case: Case, recorded: dict[str, Any], reply: dict[str, Any]) -> list[str]:
    """One line a difference; empty if the reply conforms."""
    found = [
        f"{name}: {recorded[name]!r} recorded, {reply[name]!r} answered"
        for name in ("status", "type")
        if recorded[name] != reply[name]
    ]
    return found + list(_compare(case, "body", recorded["body"], reply["body"]))


def _compare(case: Case, path: str, recorded: Any, reply: Any) -> Iterator[str]:
    key = re.sub(r"\[\d+\]$", "", path).rsplit(".", 1)[-1]
    if case.sampled and key in DRAWN | DRAWN_VALUES:
        return
    if _kind(recorded) != _kind(reply):
        yield f"{path}: {_kind(recorded)} recorded, {_kind(reply)} answered ({reply!r})"
    elif isinstance(recorded, dict):
        yield from _compare_objects(case, path, recorded, reply)
    elif isinstance(recorded, list):
        if len(recorded) != len(reply):
            yield f"{path}: {len(recorded)} items recorded, {len(reply)} answered"
        for place, (left, right) in enumerate(zip(recorded, reply, strict=False)):
            yield from _compare(case, f"{path}[{place}]", left, right)
    elif key in VOLATILE:
        return
    elif key == "id":
        if RANDOM_ID.sub("", recorded) != RANDOM_ID.sub("", reply):
            yield f"{path}: {recorded!r} recorded, {reply!r} answered"
    elif key == "message" and case.message is not None:
        for label, text in (("recorded", recorded), ("answered", reply)):
            if not re.search(case.message, text):
                yield f"{path}: {label} {text!r} does not match {case.message!r}"
    elif isinstance(recorded, float):
        if not math.isclose(recorded, reply, rel_tol=1e-3, abs_tol=ABSOLUTE):
            yield f"{path}: {recorded} recorded, {reply} answered"
    elif recorded != reply:
        yield f"{path}: {recorded!r} recorded, {reply!r} answered"


def _compare_objects(
    case: Case, path: str, recorded: dict[str, Any], reply: dict[str, Any]
) -> Iterator[str]:
    if list(recorded) != list(reply):
        missing, added = recorded.keys() - reply.keys(), reply.keys() - recorded.keys()
        yield f"{path}: keys missing {sorted(missing)}, added {sorted(added)}, or in another order"
    for key in recorded.keys() & reply.keys():
        yield from _compare(case, f"{path}.{key}", recorded[key], reply[key])


def _kind(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return str(type(value).__name__)
    return "number" if isinstance(value, int | float) else type(value).__name__
