"""How often the reward model prefers the right answer, on questions it was not trained on."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers import LlamaForSequenceClassification, PreTrainedTokenizerFast

from laser.smollm2.answer_pairs import PAIR_KINDS, AnswerPair, PairKind
from laser.smollm2.conversation import answer_tokens
from laser.smollm2.stage_progress import StageProgress


@dataclass(frozen=True)
class PairwiseAccuracy:
    accuracy: float | None
    """Share of pairs whose chosen answer has the higher logit, ties as half; None without pairs."""
    pairs: int
    questions: int
    """The pairs of one question are no independent evidence: there are only so many questions."""


def measure_reward_model(
    model: LlamaForSequenceClassification,
    tokenizer: PreTrainedTokenizerFast,
    pairs: Sequence[AnswerPair],
) -> dict[PairKind, PairwiseAccuracy]:
    scores = _score_answers(model, tokenizer, pairs)
    measured: dict[PairKind, PairwiseAccuracy] = {}
    for kind in PAIR_KINDS:
        some = [pair for pair in pairs if pair.kind == kind]
        wins = [
            _win(scores[pair.question, pair.chosen], scores[pair.question, pair.rejected])
            for pair in some
        ]
        accuracy = sum(wins) / len(wins) if wins else None
        questions = len({pair.question for pair in some})
        measured[kind] = PairwiseAccuracy(accuracy, len(some), questions)
    return measured


@torch.no_grad()
def _score_answers(
    model: LlamaForSequenceClassification,
    tokenizer: PreTrainedTokenizerFast,
    pairs: Sequence[AnswerPair],
) -> dict[tuple[str, str], float]:
    """The logit at the last token, one text at a time, as the server reads it."""
    texts = dict.fromkeys(
        (pair.question, text) for pair in pairs for text in (pair.chosen, pair.rejected)
    )
    progress = StageProgress("rm-gsm8k, measuring")
    scores: dict[tuple[str, str], float] = {}
    for number, text in enumerate(texts, start=1):
        token_ids = torch.tensor([answer_tokens(tokenizer, *text)])
        states = model.model(input_ids=token_ids, use_cache=False).last_hidden_state
        scores[text] = model.score(states[0, -1]).item()
        progress(number, len(texts))
    return scores


def _win(chosen: float, rejected: float) -> float:
    return 0.5 if chosen == rejected else float(chosen > rejected)
