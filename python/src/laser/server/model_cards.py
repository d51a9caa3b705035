"""The entries of /v1/models: base models, then adapters with the folder they came from."""

from typing import Any
from uuid import uuid4

from laser.server.models import ModelRegistry


def model_cards(registry: ModelRegistry) -> list[dict[str, Any]]:
    """vLLM's cards. An adapter's `root` is the path it was loaded from, `parent` its base."""
    bases = [
        _card(model.name, model.path, None, model.max_model_len, model.created)
        for model in registry.models
    ]
    adapters = [
        _card(adapter.name, adapter.path, model.name, None, adapter.created)
        for model in registry.models
        for adapter in model.adapters.values()
    ]
    return [*bases, *adapters]


def _card(
    name: str, root: str, parent: str | None, max_model_len: int | None, created: int
) -> dict[str, Any]:
    return {
        "id": name,
        "object": "model",
        "created": created,
        "owned_by": "vllm",
        "root": root,
        "parent": parent,
        "max_model_len": max_model_len,
        "permission": [
            {
                "id": f"modelperm-{uuid4().hex}",
                "object": "model_permission",
                "created": created,
                "allow_create_engine": False,
                "allow_sampling": True,
                "allow_logprobs": True,
                "allow_search_indices": False,
                "allow_view": True,
                "allow_fine_tuning": False,
                "organization": "*",
                "group": None,
                "is_blocking": False,
            }
        ],
    }
