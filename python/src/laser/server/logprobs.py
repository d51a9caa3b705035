"""Log-probabilities of tokens, from raw logits as vLLM reports them by default."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers import PreTrainedTokenizerFast

LOWEST_SENT = -9999.0


@dataclass(frozen=True)
class PositionLogprobs:
    """One position: the token that stands there first, then the `top` likeliest, each once."""

    token_ids: list[int]
    values: list[float]
    ranks: list[int]


def logprobs_at(logits: torch.Tensor, tokens: torch.Tensor, top: int) -> list[PositionLogprobs]:
    """Log-softmax of `logits` [positions, vocabulary] at `tokens` [positions] and the top ones.

    `top` -1 means the whole vocabulary. Ranks count from 1.
    """
    logprobs = logits.float().log_softmax(-1)
    chosen = logprobs.gather(1, tokens[:, None])
    ranks = (logprobs >= chosen).sum(-1).tolist()
    kept = logprobs.shape[-1] if top < 0 else min(top, logprobs.shape[-1])
    top_values, top_ids = logprobs.topk(kept, dim=-1)
    rows = zip(
        tokens.tolist(),
        chosen[:, 0].tolist(),
        ranks,
        top_ids.tolist(),
        top_values.tolist(),
        strict=True,
    )
    return [_position(*row) for row in rows]


def _position(
    token: int, value: float, rank: int, top_ids: list[int], top_values: list[float]
) -> PositionLogprobs:
    others = [place for place, other in enumerate(top_ids) if other != token]
    return PositionLogprobs(
        [token, *(top_ids[place] for place in others)],
        [max(value, LOWEST_SENT), *(max(top_values[place], LOWEST_SENT) for place in others)],
        [rank, *(place + 1 for place in others)],
    )


def completion_logprobs(
    token_ids: Sequence[int],
    positions: Sequence[PositionLogprobs | None],
    tokenizer: PreTrainedTokenizerFast,
    as_token_ids: bool,
) -> dict[str, Any]:
    """The `logprobs` object of a choice. A position without a value (a prompt's first) is null."""
    names = _TokenNames(tokenizer, as_token_ids)
    tokens = [names[token] for token in token_ids]
    offsets = [0]
    for token in tokens[:-1]:
        offsets.append(offsets[-1] + len(token))
    return {
        "text_offset": offsets if tokens else [],
        "token_logprobs": [position.values[0] if position else None for position in positions],
        "tokens": tokens,
        "top_logprobs": [
            {
                names[token]: value
                for token, value in zip(position.token_ids, position.values, strict=True)
            }
            if position
            else None
            for position in positions
        ],
    }


def prompt_logprobs(
    positions: Sequence[PositionLogprobs | None], tokenizer: PreTrainedTokenizerFast
) -> list[dict[str, Any] | None]:
    """The `prompt_logprobs` list of a choice: token id to value, rank and text; the first null."""
    names = _TokenNames(tokenizer, False)
    return [
        {
            str(token): {"logprob": value, "rank": rank, "decoded_token": names[token]}
            for token, value, rank in zip(
                position.token_ids, position.values, position.ranks, strict=True
            )
        }
        if position
        else None
        for position in positions
    ]


class _TokenNames(dict[int, str]):
    def __init__(self, tokenizer: PreTrainedTokenizerFast, as_token_ids: bool):
        super().__init__()
        self._tokenizer = tokenizer
        self._as_token_ids = as_token_ids

    def __missing__(self, token: int) -> str:
        decoded = f"token_id:{token}" if self._as_token_ids else self._tokenizer.decode([token])
        self[token] = str(decoded)
        return self[token]
