"""/v1/completions: the request's parameters, the computation, vLLM's answer."""

import time
from collections.abc import Callable
from typing import Any

from laser.server.adapters import weights_of
from laser.server.chunks import PromptRequest
from laser.server.errors import RequestRefused
from laser.server.generate import GeneratedSequence, PromptResult, generate
from laser.server.logprobs import completion_logprobs, prompt_logprobs
from laser.server.models import ServedModel, Target
from laser.server.protocol import CompletionRequest
from laser.server.sampling_parameters import sampling_parameters
from laser.server.tokenize import fit_window, token_id_lists

NOT_SERVED = (
    "stream",
    "suffix",
    "use_beam_search",
    "logit_bias",
    "allowed_token_ids",
    "logprob_token_ids",
    "bad_words",
    "prompt_embeds",
    "structured_outputs",
    "repetition_detection",
)


def create_completion(
    target: Target, request: CompletionRequest, request_id: str, check: Callable[[], None]
) -> dict[str, Any]:
    """The answer to `request`, choices prompt-major: index = prompt * n + child."""
    model = target.model
    prompts = prompt_requests(model, request)
    with weights_of(target):
        results = generate(model, prompts, check)
    choices = [
        _choice(model, request, prompt, result, sequence)
        for prompt, result in zip(prompts, results, strict=True)
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


def prompt_requests(model: ServedModel, request: CompletionRequest) -> list[PromptRequest]:
    """Each prompt with its parameters, or 400 for whatever the server cannot do as asked."""
    for name in NOT_SERVED:
        if getattr(request, name):
            raise RequestRefused(f"`{name}` is not supported by this server; leave it out.", name)
    form = request.response_format
    if form and not (isinstance(form, dict) and form.get("type") == "text"):
        raise RequestRefused("`response_format` is not supported by this server", "response_format")
    window = model.max_model_len
    asked = request.max_tokens if request.max_tokens is not None else 16
    if asked > window:
        raise RequestRefused(
            f"max_tokens={asked} cannot be greater than max_model_len={window}. Please request "
            "fewer output tokens.",
            "max_tokens",
            asked,
        )
    assert request.prompt is not None
    lists = token_id_lists(model, request.prompt, request.add_special_tokens)
    fitted = [
        fit_window(model, ids, request.truncate_prompt_tokens, request.truncation_side)
        for ids in lists
    ]
    return [
        PromptRequest(ids, sampling_parameters(model, request, _room(request, ids, asked, window)))
        for ids in fitted
    ]


def _room(request: CompletionRequest, ids: list[int], asked: int, window: int) -> int:
    """Tokens to generate: clamped to the window; scoring a prompt alone still samples one token."""
    if request.echo and asked == 0:
        return 1
    return min(asked, window - len(ids))


def _choice(
    model: ServedModel,
    request: CompletionRequest,
    prompt: PromptRequest,
    result: PromptResult,
    sequence: GeneratedSequence,
) -> dict[str, Any]:
    token_ids, positions, text = sequence.token_ids, sequence.logprobs or [], sequence.text
    if request.echo:
        spoken = "" if request.return_token_ids else model.tokenizer.decode(prompt.token_ids)
        scored = result.prompt_logprobs or []
        only_prompt = request.max_tokens == 0
        text = str(spoken) if only_prompt else f"{spoken}{text}"
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
