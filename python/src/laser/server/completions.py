"""/v1/completions: the request's parameters, the computation, vLLM's answer."""

import time
from collections.abc import Callable
from typing import Any

from laser.server.adapters import weights_of
from laser.server.chunks import PromptRequest
from laser.server.generate import GeneratedSequence, PromptResult, generate
from laser.server.logprobs import completion_logprobs, prompt_logprobs
from laser.server.models import ServedModel, Target
from laser.server.prompt_requests import prompt_requests
from laser.server.protocol import CompletionRequest


def create_completion(
    target: Target, request: CompletionRequest, request_id: str, check: Callable[[], None]
) -> dict[str, Any]:
    """The answer to `request`, choices prompt-major: index = prompt * n + child."""
    model = target.model
    prompts = prompt_requests(model, request)
    with weights_of(target):
        results = generate(model, prompts, check)
    choices = [
        _choice(model, request, _spoken(model, request, place, prompt), prompt, result, sequence)
        for place, (prompt, result) in enumerate(zip(prompts, results, strict=True))
        for sequence in result.sequences
    ]
    prompt_tokens = sum(len(prompt.token_ids) for prompt in prompts)
    completion_tokens = sum(
        len(sequence.token_ids) for result in results for sequence in result.sequences
    )
    return {
        "id": f"cmpl-{request_id}",
        "object": "text_completion",
        "created": int(time.time()),
        "model": target.name,
        "choices": [{**choice, "index": index} for index, choice in enumerate(choices)],
        "service_tier": None,
        "system_fingerprint": model.fingerprint,
        "usage": {
            "prompt_tokens": prompt_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
            "completion_tokens": completion_tokens,
            "prompt_tokens_details": None,
            "completion_tokens_details": None,
        },
        "kv_transfer_params": None,
        "ec_transfer_params": None,
        "metrics": None,
    }


def _spoken(
    model: ServedModel, request: CompletionRequest, place: int, prompt: PromptRequest
) -> str:
    """The prompt as `echo` repeats it: the given text, decoded ids, or nothing beside token ids."""
    if not request.echo or request.return_token_ids:
        return ""
    given = [request.prompt] if isinstance(request.prompt, str) else request.prompt or []
    text = given[place] if place < len(given) else None
    return text if isinstance(text, str) else str(model.tokenizer.decode(prompt.token_ids))


def _choice(
    model: ServedModel,
    request: CompletionRequest,
    spoken: str,
    prompt: PromptRequest,
    result: PromptResult,
    sequence: GeneratedSequence,
) -> dict[str, Any]:
    token_ids, positions, text = sequence.token_ids, sequence.logprobs or [], sequence.text
    if request.echo:
        scored = result.prompt_logprobs or []
        only_prompt = request.max_tokens == 0
        text = spoken if only_prompt else f"{spoken}{text}"
        token_ids = prompt.token_ids + ([] if only_prompt else token_ids)
        positions = scored + ([] if only_prompt else positions)
    logprobs = None
    if request.logprobs is not None:
        as_ids = bool(request.return_tokens_as_token_ids)
        logprobs = completion_logprobs(token_ids, positions, model.tokenizer, as_ids)
    shown = result.prompt_logprobs
    return {
        "index": 0,
        "text": text,
        "logprobs": logprobs,
        "finish_reason": sequence.finish_reason,
        "stop_reason": sequence.stop_reason,
        "token_ids": sequence.token_ids if request.return_token_ids else None,
        "prompt_logprobs": prompt_logprobs(shown, model.tokenizer) if shown else None,
        "prompt_token_ids": prompt.token_ids if request.return_token_ids else None,
        "routed_experts": None,
    }
