"""The inputs of /classify, /pooling and /v1/embeddings as token ids."""

from laser.server.errors import RequestRefused
from laser.server.models import ServedModel
from laser.server.protocol import PoolingRequest
from laser.server.tokenize import (
    Truncation,
    fit_window,
    render_conversation,
    token_id_lists,
)


def pooling_inputs(model: ServedModel, request: PoolingRequest) -> list[list[int]]:
    """One list of ids an input; `messages` is a single input under the chat template."""
    truncation = _truncation(model, request)
    if request.messages is not None:
        return [fit_window(model, render_conversation(model, request), truncation)]
    special = request.add_special_tokens is not False
    return token_id_lists(model, request.input or [], special, truncation)


def _truncation(model: ServedModel, request: PoolingRequest) -> Truncation:
    """-1 keeps what fits the window. Inputs are cut on the right."""
    keep, side = request.truncate_prompt_tokens, request.truncation_side
    if keep is not None and keep > model.max_model_len:
        raise RequestRefused(
            "truncate_prompt_tokens value is greater than max_model_len. Please request a smaller "
            "truncation size."
        )
    keep = model.max_model_len if keep == -1 else keep
    return Truncation(keep, side or "right", side is None)


def pooling_usage(inputs: list[list[int]]) -> dict[str, int | None]:
    """`usage` of a pooling answer: input tokens only."""
    count = sum(map(len, inputs))
    return {
        "prompt_tokens": count,
        "total_tokens": count,
        "completion_tokens": 0,
        "prompt_tokens_details": None,
        "completion_tokens_details": None,
    }
