"""The numbers that the manifest states: the policy's accuracies and the reward models' pairwise
accuracies."""

from dataclasses import dataclass

import torch
from transformers import LlamaForSequenceClassification

from laser.recipe.judged_prompt import JudgedPrompt
from laser.recipe.tasks import answer_of
from laser.recipe.token_batch import pad, whole_sequence
from laser.recipe.verifier import is_correct


def accuracy(category: str, prompts: list[str], completions: list[list[str]]) -> float:
    """Share of right completions over all prompts and completions."""
    verdicts = [
        is_correct(text, answer_of(category, prompt))
        for prompt, texts in zip(prompts, completions, strict=True)
        for text in texts
    ]
    return sum(verdicts) / len(verdicts)


@torch.inference_mode()
def score(model: LlamaForSequenceClassification, texts: list[tuple[str, str]]) -> list[float]:
    """The raw logit of every (prompt, completion)."""
    scores: list[float] = []
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        token_ids, mask = pad(
            [whole_sequence(*text) for text in texts[start : start + _TEXTS_AT_ONCE]]
        )
        scores += model(input_ids=token_ids, attention_mask=mask).logits[:, 0].tolist()
    return scores


@dataclass(frozen=True)
class PairwiseAccuracy:
    """Share of (right, wrong) pairs, one a prompt, in which the right completion has the higher
    score."""

    accuracy: float
    pairs: int
    score_deviation: float
    """Standard deviation of the scores within the family; 0 would be a constant scorer."""


def pairwise_accuracy(
    model: LlamaForSequenceClassification, judged: list[JudgedPrompt]
) -> PairwiseAccuracy:
    """The first right against the first wrong sample of every prompt; a tie counts as half."""
    right = torch.tensor(score(model, [(one.prompt, one.right[0]) for one in judged]))
    wrong = torch.tensor(score(model, [(one.prompt, one.wrong[0]) for one in judged]))
    wins = (right > wrong).float() + 0.5 * (right == wrong).float()
    return PairwiseAccuracy(wins.mean().item(), len(judged), torch.cat([right, wrong]).std().item())


_TEXTS_AT_ONCE = 256
