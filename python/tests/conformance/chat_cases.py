"""Cases of /v1/chat/completions, its reply bound to a JSON Schema."""

from typing import Any

from .case import Case, post

ASK = [{"role": "system", "content": "judge"}, {"role": "user", "content": "12+3=15?"}]


def _schema(**properties: Any) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    named = {"name": "verdict", "strict": True, "schema": schema}
    return {"type": "json_schema", "json_schema": named}


SCORE = _schema(score={"type": "integer", "minimum": 1, "maximum": 10})
WINNER = _schema(winner={"type": "string", "enum": ["A", "B", "tie"]})
BOTH = _schema(
    winner={"type": "string", "enum": ["A", "B"]},
    score={"type": "integer", "minimum": 0, "maximum": 3},
)


def _chat(name: str, message: str | None = None, **body: Any) -> Case:
    asked = {"model": "judge", "messages": ASK, "temperature": 0, "max_tokens": 40, **body}
    return Case(f"chat-{name}", "chat", post("/v1/chat/completions", asked), message=message)


CHAT_CASES = [
    _chat("integer", response_format=SCORE),
    _chat("enum", response_format=WINNER),
    _chat("two-keys", response_format=BOTH),
    _chat("structured-outputs", structured_outputs={"json": SCORE["json_schema"]["schema"]}),
    _chat("cut-off", response_format=SCORE, max_tokens=4),
    _chat("max-completion-tokens", response_format=SCORE, max_tokens=None, max_completion_tokens=4),
    _chat("plain", max_tokens=8),
    _chat("token-ids", response_format=WINNER, return_token_ids=True),
    _chat("model-unknown", model="nobody"),
    _chat("messages-none", messages=[]),
    _chat(
        "over-window", messages=[{"role": "user", "content": "1" * 200}], message="maximum context"
    ),
    _chat("schema-absent", response_format={"type": "json_schema"}),
    _chat("n-zero", n=0),
]
