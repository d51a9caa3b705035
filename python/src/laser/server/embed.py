"""/v1/embeddings: the policy's hidden state at the last token, under an adapter or the base."""

import base64
import time
from collections.abc import Callable
from typing import Any

import torch

from laser.server.adapters import weights_of
from laser.server.errors import RequestRefused
from laser.server.hidden_states import last_token_states
from laser.server.models import Target
from laser.server.pooling_inputs import pooling_inputs, pooling_usage
from laser.server.protocol import PoolingRequest


def create_embeddings(
    target: Target, request: PoolingRequest, request_id: str, check: Callable[[], None]
) -> dict[str, Any]:
    """The answer; vectors have length one unless the request says `use_activation: false`."""
    if request.dimensions is not None:
        raise RequestRefused(
            f"Model '{target.model.name}' does not support Matryoshka embeddings; dimensions must "
            f"be unset (received dimensions={request.dimensions})."
        )
    inputs = pooling_inputs(target.model, request)
    with weights_of(target):
        states = last_token_states(target.model, inputs, check)
    if request.use_activation is not False:
        states = torch.nn.functional.normalize(states, dim=-1)
    return {
        "id": f"embd-{request_id}",
        "object": "list",
        "created": int(time.time()),
        "model": target.name,
        "data": [
            {"index": index, "object": "embedding", "embedding": _encode(row, request)}
            for index, row in enumerate(states)
        ],
        "usage": pooling_usage(inputs),
    }


def _encode(row: torch.Tensor, request: PoolingRequest) -> list[float] | str:
    if request.encoding_format == "float":
        return row.tolist()
    return base64.b64encode(row.numpy().tobytes()).decode("ascii")
