"""The inputs of /classify and /v1/embeddings as token ids."""

from laser.server.models import ServedModel
from laser.server.protocol import PoolingRequest
from laser.server.tokenize import fit_window, render_conversation, token_id_lists


def pooling_inputs(model: ServedModel, request: PoolingRequest) -> list[list[int]]:
    """One list of ids an input; `messages` is a single input under the chat template."""
    if request.messages is not None:
        lists = [render_conversation(model, request)]
    else:
        special = request.add_special_tokens is not False
        lists = token_id_lists(model, request.input or [], special)
    return [
        fit_window(model, ids, request.truncate_prompt_tokens, request.truncation_side)
        for ids in lists
    ]


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
