"""Batched generation. The answer is a function of the request alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch

from laser.server.chunks import PromptRequest, Row, plan_chunks
from laser.server.errors import ComputationFailed
from laser.server.forward import CachedRows, read_prompts
from laser.server.logprobs import PositionLogprobs, logprobs_at
from laser.server.models import ServedModel
from laser.server.sampling import SamplingParameters, TokenHistory, choose_tokens, penalise
from laser.server.stopping import GrowingSequence
from laser.server.uniforms import UniformTable


@dataclass
class GeneratedSequence:
    """A finished completion; `logprobs` has one entry a token, or is None if not asked for."""

    token_ids: list[int]
    text: str
    finish_reason: str
    stop_reason: str | int | None
    logprobs: list[PositionLogprobs] | None


@dataclass
class PromptResult:
    """A prompt's completions in order of their index, and its own log-probabilities if asked."""

    sequences: list[GeneratedSequence] = field(default_factory=list)
    prompt_logprobs: list[PositionLogprobs | None] | None = None


def generate(
    model: ServedModel, prompts: Sequence[PromptRequest], check: Callable[[], None]
) -> list[PromptResult]:
    """Complete every prompt `n` times. `check` runs before each step and raises to abort."""
    results = [PromptResult() for _ in prompts]
    for rows in plan_chunks(prompts, model.vocab_size):
        check()
        cached = _read_chunk(model, prompts, rows, results)
        for row, sequence in zip(rows, _decode(model, prompts, rows, cached, check), strict=True):
            results[row.prompt].sequences.append(sequence)
    return results


def _read_chunk(
    model: ServedModel,
    prompts: Sequence[PromptRequest],
    rows: Sequence[Row],
    results: list[PromptResult],
) -> CachedRows:
    """Read each prompt of the chunk once, then repeat it for its completions."""
    indices = sorted({row.prompt for row in rows})
    token_ids = [prompts[index].token_ids for index in indices]
    scored = prompts[indices[0]].parameters.prompt_logprobs
    cached, logits = read_prompts(model, token_ids, scored is not None)
    if scored is not None:
        for place, (index, prompt) in enumerate(zip(indices, token_ids, strict=True)):
            before = logits[place, logits.shape[1] - len(prompt) : -1]
            entries = logprobs_at(before, torch.tensor(prompt[1:], dtype=torch.long), scored)
            results[index].prompt_logprobs = [None, *entries]
    cached.select(torch.tensor([indices.index(row.prompt) for row in rows]))
    return cached


def _decode(
    model: ServedModel,
    prompts: Sequence[PromptRequest],
    rows: Sequence[Row],
    cached: CachedRows,
    check: Callable[[], None],
) -> list[GeneratedSequence]:
    """Sample until every row has ended; ended rows leave the batch."""
    parameters, allowed = prompts[rows[0].prompt].parameters, prompts[rows[0].prompt].allowed
    token_ids = [prompts[row.prompt].token_ids for row in rows]
    growing = [_start_sequence(model, prompts[row.prompt]) for row in rows]
    logprobs: list[list[PositionLogprobs]] = [[] for _ in rows]
    seeds = [parameters.seed + row.child for row in rows]
    uniforms = None if parameters.greedy else UniformTable(seeds, token_ids)
    history = TokenHistory(token_ids, cached.logits.shape[-1]) if parameters.penalised else None
    active = list(range(len(rows)))
    for step in range(max(prompts[row.prompt].parameters.max_tokens for row in rows)):
        check()
        if not torch.isfinite(cached.logits).all():
            raise ComputationFailed(f"model '{model.name}' gave logits that are not finite")
        shaped = _shape_logits(model, cached.logits, history, parameters, step)
        if allowed is not None:
            shaped = allowed.mask(shaped, [growing[row].text for row in active])
        chosen = choose_tokens(shaped, parameters, uniforms.at(step, active) if uniforms else None)
        if parameters.logprobs is not None:
            entries = logprobs_at(cached.logits, chosen, parameters.logprobs)
            for row, entry in zip(active, entries, strict=True):
                logprobs[row].append(entry)
        if history is not None:
            history.add(chosen)
        tokens = chosen.tolist()
        alive = [
            place for place, row in enumerate(active) if not growing[row].append(tokens[place])
        ]
        if not alive:
            break
        if len(alive) < len(active):
            kept = torch.tensor(alive)
            active = [active[place] for place in alive]
            cached.select(kept)
            chosen = chosen[kept]
            if history is not None:
                history.keep(kept)
        cached.extend(model, chosen)
    return [
        _finish(sequence, entries if parameters.logprobs is not None else None)
        for sequence, entries in zip(growing, logprobs, strict=True)
    ]


def _shape_logits(
    model: ServedModel,
    logits: torch.Tensor,
    history: TokenHistory | None,
    parameters: SamplingParameters,
    step: int,
) -> torch.Tensor:
    """Penalties, and no ending token before min_tokens."""
    if history is not None:
        logits = penalise(logits, history, parameters)
    if step < parameters.min_tokens:
        ending = [*parameters.stop_token_ids]
        if not parameters.ignore_eos:
            ending += model.all_eos_token_ids
        logits = logits.index_fill(1, torch.tensor(ending, dtype=torch.long), -torch.inf)
    return logits


def _start_sequence(model: ServedModel, prompt: PromptRequest) -> GrowingSequence:
    extra = () if prompt.parameters.ignore_eos else model.other_eos_token_ids
    return GrowingSequence(
        prompt.token_ids,
        prompt.parameters,
        model.tokenizer.backend_tokenizer,
        model.eos_token_id,
        frozenset((*prompt.parameters.stop_token_ids, *extra)),
    )


def _finish(
    sequence: GrowingSequence, logprobs: list[PositionLogprobs] | None
) -> GeneratedSequence:
    assert sequence.finish_reason is not None
    return GeneratedSequence(
        sequence.token_ids,
        sequence.text,
        sequence.finish_reason,
        sequence.stop_reason,
        logprobs,
    )
