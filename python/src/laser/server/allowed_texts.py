"""Decoding bound to a list of texts."""

from collections.abc import Sequence

import torch
from transformers import PreTrainedTokenizerFast


class AllowedTexts:
    """Which tokens may follow, so that a completion becomes one of `texts` and then ends."""

    def __init__(
        self, texts: Sequence[str], tokenizer: PreTrainedTokenizerFast, ending: Sequence[int]
    ):
        self._texts = texts
        self._ending = list(ending)
        special = set(tokenizer.all_special_ids)
        self._tokens: dict[str, list[int]] = {}
        for token_id in range(len(tokenizer)):
            piece = "" if token_id in special else str(tokenizer.decode([token_id]))
            if piece:
                self._tokens.setdefault(piece, []).append(token_id)

    def mask(self, logits: torch.Tensor, written: Sequence[str]) -> torch.Tensor:
        """`logits` [rows, vocabulary] with minus infinity where a token leads nowhere."""
        masked = torch.full_like(logits, -torch.inf)
        for row, text in enumerate(written):
            allowed = torch.tensor(self._next(text), dtype=torch.long)
            masked[row, allowed] = logits[row, allowed]
        return masked

    def _next(self, written: str) -> list[int]:
        rests = {text[len(written) :] for text in self._texts if text.startswith(written)}
        pieces = {rest[:end] for rest in rests for end in range(1, len(rest) + 1)}
        allowed = [token for piece in sorted(pieces) for token in self._tokens.get(piece, ())]
        return allowed + (self._ending if "" in rests else [])
