"""/classify: a sequence classifier's output at the last token."""

import time
from collections.abc import Callable
from typing import Any, cast

import torch

from laser.server.activation import activate
from laser.server.adapters import weights_of
from laser.server.hidden_states import last_token_states
from laser.server.models import Target
from laser.server.pooling_inputs import pooling_inputs, pooling_usage
from laser.server.protocol import PoolingRequest


def create_classification(
    target: Target, request: PoolingRequest, request_id: str, check: Callable[[], None]
) -> dict[str, Any]:
    """The answer; `probs` holds raw logits where the request says `use_activation: false`."""
    model = target.model
    inputs = pooling_inputs(model, request)
    with weights_of(target):
        states = last_token_states(model, inputs, check)
        logits: torch.Tensor = model.network.score(states)  # pyright: ignore[reportCallIssue]
    values = logits.float() if request.use_activation is False else activate(model, logits.float())
    labels = cast(dict[int, str], model.network.config.id2label or {})
    return {
        "id": f"classify-{request_id}",
        "object": "list",
        "created": int(time.time()),
        "model": target.name,
        "data": [
            {
                "index": index,
                "label": labels.get(int(row.argmax())),
                "probs": row.tolist(),
                "num_classes": len(row),
            }
            for index, row in enumerate(values)
        ],
        "usage": pooling_usage(inputs),
    }
