"""The frozen layers' states of every answer, computed once."""

from collections.abc import Sequence

import torch
from transformers import LlamaModel, PreTrainedTokenizerFast

from laser.smollm2.answer_pairs import AnswerPair
from laser.smollm2.conversation import answer_tokens
from laser.smollm2.stage_progress import StageProgress

TEXTS_AT_ONCE = 8


class AnswerStates:
    """By (question, answer): float32 [tokens, hidden]."""

    def __init__(self) -> None:
        self._states: dict[tuple[str, str], torch.Tensor] = {}

    def __getitem__(self, text: tuple[str, str]) -> torch.Tensor:
        return self._states[text]

    @classmethod
    @torch.no_grad()
    def compute(
        cls,
        lower: LlamaModel,
        tokenizer: PreTrainedTokenizerFast,
        pairs: Sequence[AnswerPair],
    ) -> "AnswerStates":
        """Texts of like length are read together; padding on the right, where nothing sees it."""
        states = cls()
        progress = StageProgress("rm-gsm8k, its frozen layers")
        texts = dict.fromkeys(
            (pair.question, text) for pair in pairs for text in (pair.chosen, pair.rejected)
        )
        tokenized = [(text, answer_tokens(tokenizer, *text)) for text in texts]
        tokenized.sort(key=lambda item: len(item[1]))
        for start in range(0, len(tokenized), TEXTS_AT_ONCE):
            some = tokenized[start : start + TEXTS_AT_ONCE]
            padded = torch.zeros(len(some), len(some[-1][1]), dtype=torch.long)
            for row, (_, token_ids) in enumerate(some):
                padded[row, : len(token_ids)] = torch.tensor(token_ids)
            read = lower(input_ids=padded, use_cache=False).last_hidden_state
            for row, (text, token_ids) in enumerate(some):
                states._states[text] = read[row, : len(token_ids)].clone()
            progress(start + len(some), len(tokenized))
        return states


def pad_states(states: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """[texts, longest, hidden], zeros on the right, and each text's last position."""
    ends = torch.tensor([len(state) - 1 for state in states])
    return torch.nn.utils.rnn.pad_sequence(list(states), batch_first=True), ends
