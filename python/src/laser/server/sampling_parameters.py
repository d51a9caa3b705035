"""What a request asks of sampling, checked against vLLM's ranges."""

import math
from collections.abc import Iterator
from typing import Any

from laser.server.errors import RequestRefused
from laser.server.models import ServedModel
from laser.server.protocol import ChatRequest, CompletionRequest
from laser.server.sampling import SamplingParameters

MAX_SEQUENCES = 16_384
MAX_LOGPROBS = 20
NEUTRAL = {"temperature": 1.0, "top_p": 1.0, "top_k": 0, "min_p": 0.0, "repetition_penalty": 1.0}
Problem = tuple[str, str | None, Any]


def sampling_parameters(
    model: ServedModel, request: CompletionRequest | ChatRequest, max_tokens: int
) -> SamplingParameters:
    """The request's values, else generation_config.json's, else neutral ones.

    A missing seed is 0: the answer depends on the request alone. `max_tokens` already fits the
    window. The first value out of range gives 400.
    """
    logprobs = request.logprobs if isinstance(request, CompletionRequest) else None
    scored = request.prompt_logprobs if isinstance(request, CompletionRequest) else None
    if scored is None and isinstance(request, CompletionRequest) and request.echo:
        scored = logprobs
    stop = [request.stop] if isinstance(request.stop, str) else request.stop or []
    parameters = SamplingParameters(
        n=request.n,
        max_tokens=max_tokens,
        min_tokens=request.min_tokens,
        temperature=_value(model, request, "temperature"),
        top_p=_value(model, request, "top_p"),
        top_k=int(_value(model, request, "top_k")),
        min_p=_value(model, request, "min_p"),
        repetition_penalty=_value(model, request, "repetition_penalty"),
        presence_penalty=request.presence_penalty or 0.0,
        frequency_penalty=request.frequency_penalty or 0.0,
        seed=request.seed or 0,
        stop=tuple(stop),
        stop_token_ids=tuple(request.stop_token_ids or ()),
        include_stop_str_in_output=request.include_stop_str_in_output,
        ignore_eos=request.ignore_eos,
        skip_special_tokens=request.skip_special_tokens,
        logprobs=logprobs,
        prompt_logprobs=scored,
    )
    for message, parameter, value in _problems(parameters, model.vocab_size):
        raise RequestRefused(message, parameter, value)
    return parameters


def _value(model: ServedModel, request: CompletionRequest | ChatRequest, name: str) -> float:
    given = getattr(request, name)
    defaults = {**NEUTRAL, **model.sampling_defaults}
    return float(defaults[name] if given is None else given)


def _problems(p: SamplingParameters, vocab_size: int) -> Iterator[Problem]:
    """Message, parameter and value of each value out of range, in vLLM's order and words."""
    if p.n < 1:
        yield f"n must be at least 1, got {p.n}.", None, None
    if p.n > MAX_SEQUENCES:
        yield f"n must be at most {MAX_SEQUENCES}, got {p.n}.", None, None
    for name in ("presence_penalty", "frequency_penalty"):
        if not -2 <= getattr(p, name) <= 2:
            yield f"{name} must be in [-2, 2], got {getattr(p, name)}.", None, None
    repetition = p.repetition_penalty
    if not math.isfinite(repetition):
        yield f"repetition_penalty must be a finite number, got {repetition}.", None, None
    if repetition <= 0:
        yield f"repetition_penalty must be greater than zero, got {repetition}.", None, None
    yield from _temperature_problems(p.temperature)
    if not 0 < p.top_p <= 1:
        yield f"top_p must be in (0, 1], got {p.top_p}.", "top_p", p.top_p
    if p.top_k < -1:
        yield f"top_k must be 0 (disable), or at least 1, got {p.top_k}.", None, None
    if not 0 <= p.min_p <= 1:
        yield f"min_p must be in [0, 1], got {p.min_p}.", None, None
    if p.max_tokens < 1:
        yield f"max_tokens must be at least 1, got {p.max_tokens}.", "max_tokens", p.max_tokens
    if p.min_tokens < 0:
        yield f"min_tokens must be greater than or equal to 0, got {p.min_tokens}.", None, None
    if p.min_tokens > p.max_tokens:
        limit = f"max_tokens={p.max_tokens}, got {p.min_tokens}."
        yield f"min_tokens must be less than or equal to {limit}", None, None
    if "" in p.stop:
        yield "stop cannot contain an empty string.", None, None
    outside = [token for token in p.stop_token_ids if not 0 <= token < vocab_size]
    if outside and p.min_tokens:
        yield f"stop_token_ids {outside} are out of vocabulary.", "stop_token_ids", outside
    if p.greedy and p.n > 1:
        yield f"n must be 1 when using greedy sampling, got {p.n}.", None, None
    for name, kind in (("logprobs", "sample"), ("prompt_logprobs", "prompt")):
        asked = getattr(p, name)
        if asked is not None and asked > MAX_LOGPROBS:
            limit = f"which is greater than max allowed: {MAX_LOGPROBS}"
            yield f"Requested {kind} logprobs of {asked}, {limit}", name, asked


def _temperature_problems(temperature: float) -> Iterator[Problem]:
    if not math.isfinite(temperature):
        message = f"temperature must be a finite number, got {temperature}."
    elif temperature < 0:
        message = f"temperature must be non-negative, got {temperature}."
    elif temperature > 2:
        message = f"temperature must be in [0, 2], got {temperature}."
    else:
        return
    yield message, "temperature", temperature
