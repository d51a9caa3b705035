"""/pooling: a classifier's output at every token, as a process reward model is read."""

import base64
import time
from collections.abc import Callable
from typing import Any

import torch

from laser.server.activation import activate
from laser.server.adapters import weights_of
from laser.server.errors import RequestRefused
from laser.server.hidden_states import every_token_states
from laser.server.models import Target
from laser.server.pooling_inputs import pooling_inputs, pooling_usage
from laser.server.protocol import PoolingRequest

TASKS = ["classify", "token_classify"]


def create_token_classification(
    target: Target, request: PoolingRequest, request_id: str, check: Callable[[], None]
) -> dict[str, Any]:
    """The answer: for each input a row of label values a token, probabilities unless raw."""
    if request.dimensions is not None:
        raise RequestRefused("dimensions is currently not supported", "dimensions")
    if request.task not in (None, "token_classify"):
        raise RequestRefused(f"Unsupported task: {request.task!r} Supported tasks: {TASKS}", "task")
    model = target.model
    inputs = pooling_inputs(model, request)
    with weights_of(target):
        states = every_token_states(model, inputs, check)
        logits: list[torch.Tensor] = [
            model.network.score(tokens).float()  # pyright: ignore[reportCallIssue]
            for tokens in states
        ]
    values = logits if request.use_activation is False else [activate(model, row) for row in logits]
    return {
        "id": f"pooling-{request_id}",
        "object": "list",
        "created": int(time.time()),
        "model": target.name,
        "data": [
            {"index": index, "object": "pooling", "data": _encode(rows, request)}
            for index, rows in enumerate(values)
        ],
        "usage": pooling_usage(inputs),
    }


def _encode(rows: torch.Tensor, request: PoolingRequest) -> list[list[float]] | str:
    if request.encoding_format == "float":
        return rows.tolist()
    return base64.b64encode(rows.contiguous().numpy().tobytes()).decode("ascii")
