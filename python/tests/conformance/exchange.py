"""Sending a case to a server, and a reply in the form in which it is kept."""

import json
from pathlib import Path
from typing import Any

import httpx

from .case import Case, Exchange

KEPT_NUMBERS = 12
TIMEOUT_SECONDS = 300


def run_case(url: str, case: Case, folders: dict[str, Path]) -> dict[str, Any]:
    """The reply to `case.request` as `{"status", "type", "body"}`, between set-up and restore."""
    with httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS) as client:
        try:
            for exchange in case.before:
                send(client, exchange, folders).raise_for_status()
            return kept(send(client, case.request, folders), folders)
        finally:
            for exchange in case.after:
                send(client, exchange, folders)


def send(client: httpx.Client, exchange: Exchange, folders: dict[str, Path]) -> httpx.Response:
    """Send one exchange with the checkpoint folders filled in."""
    headers = {name.replace("_", "-"): value for name, value in exchange.headers.items()}
    content = exchange.raw
    if exchange.body is not None:
        content = json.dumps(_filled(exchange.body, folders))
    if content is not None:
        headers = {"content-type": "application/json", **headers}
    return client.request(exchange.method, exchange.path, content=content, headers=headers)


def kept(response: httpx.Response, folders: dict[str, Path]) -> dict[str, Any]:
    """Status, kind of body, body: folders by name again, long lists of floats cut to their head."""
    kind = response.headers.get("content-type", "").split(";")[0]
    text = response.text
    for name, folder in folders.items():
        text = text.replace(f'"{folder}"', f'"{{{name}}}"')
    body = _trimmed(json.loads(text)) if kind == "application/json" else text
    return {"status": response.status_code, "type": kind, "body": body}


def _filled(value: Any, folders: dict[str, Path]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, folders) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, folders) for item in value]
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return str(folders.get(value[1:-1], value))
    return value


def _trimmed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _trimmed(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    if len(value) > KEPT_NUMBERS and all(isinstance(item, float) for item in value):
        return {"numbers": len(value), "head": value[:KEPT_NUMBERS]}
    return [_trimmed(item) for item in value]
