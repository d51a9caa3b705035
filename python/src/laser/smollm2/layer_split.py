"""A Llama backbone cut in two: lower layers that stay as they are, upper ones to train."""

from collections.abc import Sequence
from copy import deepcopy

import torch
from transformers import LlamaModel


def lower_layers(backbone: LlamaModel, count: int) -> LlamaModel:
    """Token ids to the states that layer `count` reads. Shares the backbone's parameters."""
    return _part(backbone, list(backbone.layers[:count]), torch.nn.Identity())


def upper_layers(backbone: LlamaModel, count: int) -> LlamaModel:
    """Those states (`inputs_embeds`) to the last hidden state. Shares the backbone's parameters."""
    return _part(backbone, list(backbone.layers[count:]), backbone.norm)


def _part(
    backbone: LlamaModel, layers: Sequence[torch.nn.Module], norm: torch.nn.Module
) -> LlamaModel:
    config = deepcopy(backbone.config)
    config.num_hidden_layers = len(layers)
    with torch.device("meta"):
        part = LlamaModel(config)
    part.embed_tokens = backbone.embed_tokens
    part.layers = torch.nn.ModuleList(layers)
    part.norm = norm  # pyright: ignore[reportAttributeAccessIssue]
    part.rotary_emb = backbone.rotary_emb
    return part
