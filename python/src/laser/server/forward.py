"""Forward passes with a key-value cache, prompts padded on the left."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers import DynamicCache

from laser.server.models import ServedModel


@dataclass
class CachedRows:
    """What the model has read. `mask` [rows, length]; `logits` [rows, V] of the last token."""

    cache: DynamicCache
    mask: torch.Tensor
    logits: torch.Tensor

    def select(self, rows: torch.Tensor) -> None:
        """Keep (or repeat) the rows with these indices."""
        self.cache.batch_select_indices(rows)
        self.mask, self.logits = self.mask[rows], self.logits[rows]

    def extend(self, model: ServedModel, tokens: torch.Tensor) -> None:
        """Read one more token a row, `tokens` [rows]."""
        self.mask = torch.cat([self.mask, self.mask.new_ones(len(tokens), 1)], dim=1)
        self.logits = _forward(model, tokens[:, None], self.mask, self.cache, 1)[:, -1]


def read_prompts(
    model: ServedModel, prompts: Sequence[list[int]], every_logit: bool
) -> tuple[CachedRows, torch.Tensor]:
    """Read each prompt once. Also gives logits [prompts, length, V], or only the last."""
    longest = max(map(len, prompts))
    input_ids = torch.zeros(len(prompts), longest, dtype=torch.long)
    mask = torch.zeros(len(prompts), longest, dtype=torch.long)
    for row, token_ids in enumerate(prompts):
        input_ids[row, longest - len(token_ids) :] = torch.tensor(token_ids)
        mask[row, longest - len(token_ids) :] = 1
    cache = DynamicCache(config=model.network.config)
    logits = _forward(model, input_ids, mask, cache, 0 if every_logit else 1)
    return CachedRows(cache, mask, logits[:, -1]), logits


def _forward(
    model: ServedModel,
    input_ids: torch.Tensor,
    mask: torch.Tensor,
    cache: DynamicCache,
    logits_to_keep: int,
) -> torch.Tensor:
    """Float32 logits [rows, kept, V]; `logits_to_keep` 0 keeps every position."""
    positions = (mask.cumsum(-1) - 1).clamp(min=0)[:, -input_ids.shape[1] :]
    output = model.network(
        input_ids=input_ids,
        attention_mask=mask,
        position_ids=positions,
        past_key_values=cache,
        use_cache=True,
        logits_to_keep=logits_to_keep,
    )
    return output.logits.float()
