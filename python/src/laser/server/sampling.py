"""Choosing the next token of each sequence, by vLLM's order of steps and one uniform a token."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

GREEDY_BELOW = 1e-5


@dataclass(frozen=True)
class SamplingParameters:
    """What a request asks of sampling; absent values are already replaced by their defaults."""

    n: int
    max_tokens: int
    min_tokens: int
    temperature: float
    top_p: float
    top_k: int
    min_p: float
    repetition_penalty: float
    presence_penalty: float
    frequency_penalty: float
    seed: int
    stop: tuple[str, ...]
    stop_token_ids: tuple[int, ...]
    include_stop_str_in_output: bool
    ignore_eos: bool
    skip_special_tokens: bool
    logprobs: int | None
    prompt_logprobs: int | None

    @property
    def greedy(self) -> bool:
        return self.temperature < GREEDY_BELOW

    @property
    def penalised(self) -> bool:
        penalties = (self.presence_penalty, self.frequency_penalty)
        return self.repetition_penalty != 1 or any(penalty != 0 for penalty in penalties)


class TokenHistory:
    """Which tokens each row has met, for the penalties. Shapes: [rows, vocabulary]."""

    def __init__(self, prompts: Sequence[Sequence[int]], vocab_size: int):
        self.in_prompt = torch.zeros(len(prompts), vocab_size, dtype=torch.bool)
        for row, prompt in enumerate(prompts):
            self.in_prompt[row, torch.tensor(prompt)] = True
        self.output_counts = torch.zeros(len(prompts), vocab_size)

    def add(self, tokens: torch.Tensor) -> None:
        self.output_counts.scatter_add_(1, tokens[:, None], torch.ones(len(tokens), 1))

    def keep(self, rows: torch.Tensor) -> None:
        self.in_prompt = self.in_prompt[rows]
        self.output_counts = self.output_counts[rows]


def penalise(
    logits: torch.Tensor, history: TokenHistory, parameters: SamplingParameters
) -> torch.Tensor:
    """Repetition penalty (arXiv 1909.05858) on prompt and output, then OpenAI's two on output."""
    generated = history.output_counts > 0
    met = history.in_prompt | generated
    penalty = parameters.repetition_penalty
    repeated = torch.where(logits > 0, logits / penalty, logits * penalty)
    logits = torch.where(met, repeated, logits)
    logits = logits - parameters.frequency_penalty * history.output_counts
    return logits - parameters.presence_penalty * generated


def choose_tokens(
    logits: torch.Tensor, parameters: SamplingParameters, uniforms: torch.Tensor | None
) -> torch.Tensor:
    """One token a row from float32 `logits` [rows, vocabulary] and `uniforms` [rows].

    Greedy needs no uniforms; ties go to the lower id.

    Order as in vLLM: temperature, min_p, top_k, top_p, draw. The draw inverts the cumulative
    distribution, so a row's token depends on its own logits and uniform only.
    """
    if parameters.greedy or uniforms is None:
        return logits.argmax(-1)
    scaled = logits / parameters.temperature
    if parameters.min_p > 0:
        probabilities = scaled.softmax(-1)
        least = parameters.min_p * probabilities.amax(-1, keepdim=True)
        scaled = scaled.masked_fill(probabilities < least, -torch.inf)
    if 0 < parameters.top_k < scaled.shape[-1]:
        kth = scaled.topk(parameters.top_k, dim=-1).values[:, -1:]
        scaled = scaled.masked_fill(scaled < kth, -torch.inf)
    if parameters.top_p < 1:
        scaled = _nucleus(scaled, parameters.top_p)
    cumulative = scaled.double().softmax(-1).cumsum(-1)
    total = cumulative[:, -1:]
    below_total = torch.nextafter(total, torch.zeros_like(total))
    drawn = torch.minimum(uniforms[:, None] * total, below_total)
    return torch.searchsorted(cumulative, drawn, right=True)[:, 0]


def _nucleus(scaled: torch.Tensor, top_p: float) -> torch.Tensor:
    """Keep the smallest set of likeliest tokens whose probabilities reach `top_p`."""
    ordered, order = scaled.sort(dim=-1, descending=True, stable=True)
    probabilities = ordered.softmax(-1)
    before = probabilities.cumsum(-1) - probabilities
    outside = torch.zeros_like(before, dtype=torch.bool).scatter(1, order, before >= top_p)
    return scaled.masked_fill(outside, -torch.inf)
