"""/v1/chat/completions: one conversation, its reply free or bound to a JSON Schema."""

import time
from collections.abc import Callable
from typing import Any

from laser.server.adapters import weights_of
from laser.server.allowed_texts import AllowedTexts
from laser.server.chunks import PromptRequest
from laser.server.errors import RequestRefused
from laser.server.generate import GeneratedSequence, generate
from laser.server.models import ServedModel, Target
from laser.server.protocol import ChatRequest
from laser.server.sampling_parameters import sampling_parameters
from laser.server.schema_texts import schema_texts
from laser.server.tokenize import NO_TRUNCATION, fit_window, render_conversation

NOT_SERVED = ("stream", "tools", "logprobs", "top_logprobs", "logit_bias")


def create_chat_completion(
    target: Target, request: ChatRequest, request_id: str, check: Callable[[], None]
) -> dict[str, Any]:
    """The answer to `request`."""
    for name in NOT_SERVED:
        if getattr(request, name):
            raise RequestRefused(f"`{name}` is not supported by this server; leave it out.", name)
    if not request.messages:
        raise RequestRefused(
            "Cannot apply chat template to an empty conversation. Provide at least one message."
        )
    model = target.model
    token_ids = fit_window(model, render_conversation(model, request), NO_TRUNCATION)
    room = model.max_model_len - len(token_ids)
    asked = request.max_completion_tokens or request.max_tokens or room
    parameters = sampling_parameters(model, request, min(asked, room))
    prompt = PromptRequest(token_ids, parameters, _allowed(model, request))
    with weights_of(target):
        (result,) = generate(model, [prompt], check)
    completion_tokens = sum(len(sequence.token_ids) for sequence in result.sequences)
    return {
        "id": f"chatcmpl-{request_id}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": target.name,
        "choices": [
            _choice(request, index, sequence) for index, sequence in enumerate(result.sequences)
        ],
        "service_tier": None,
        "system_fingerprint": model.fingerprint,
        "usage": {
            "prompt_tokens": len(token_ids),
            "total_tokens": len(token_ids) + completion_tokens,
            "completion_tokens": completion_tokens,
            "prompt_tokens_details": None,
            "completion_tokens_details": None,
        },
        "prompt_logprobs": None,
        "prompt_token_ids": token_ids if request.return_token_ids else None,
        "prompt_text": None,
        "kv_transfer_params": None,
        "ec_transfer_params": None,
        "metrics": None,
    }


def _choice(request: ChatRequest, index: int, sequence: GeneratedSequence) -> dict[str, Any]:
    return {
        "index": index,
        "message": {
            "role": "assistant",
            "content": sequence.text,
            "refusal": None,
            "annotations": None,
            "audio": None,
            "function_call": None,
            "reasoning": None,
        },
        "logprobs": None,
        "finish_reason": sequence.finish_reason,
        "stop_reason": sequence.stop_reason,
        "token_ids": sequence.token_ids if request.return_token_ids else None,
        "routed_experts": None,
    }


def _allowed(model: ServedModel, request: ChatRequest) -> AllowedTexts | None:
    schema = _schema(request)
    if schema is None:
        return None
    return AllowedTexts(schema_texts(schema), model.tokenizer, model.all_eos_token_ids)


def _schema(request: ChatRequest) -> Any:
    """The schema that the reply is bound to, in either way of giving one."""
    outputs, form = request.structured_outputs, request.response_format
    if outputs is not None:
        if set(outputs) != {"json"}:
            raise RequestRefused("only `json` is supported", "structured_outputs")
        return outputs["json"]
    if form is None or form.get("type") == "text":
        return None
    if form.get("type") != "json_schema":
        raise RequestRefused("only type json_schema is supported by this server", "response_format")
    named = form.get("json_schema")
    if not isinstance(named, dict):
        raise RequestRefused(
            "When response_format type is 'json_schema', the 'json_schema' field must be provided.",
            "response_format",
        )
    return named.get("schema")
