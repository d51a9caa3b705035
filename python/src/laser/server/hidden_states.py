"""The last layer's hidden states, in fixed chunks."""

from collections.abc import Callable, Iterator, Sequence

import torch

from laser.server.models import ServedModel

CHUNK_INPUTS = 64
CHUNK_TOKENS = 32_768


def last_token_states(
    model: ServedModel, inputs: Sequence[list[int]], check: Callable[[], None]
) -> torch.Tensor:
    """[inputs, hidden] float32, after the final norm (transformers' last hidden state)."""
    states: list[torch.Tensor] = []
    for chunk, hidden in _hidden_states(model, inputs, check):
        ends = torch.tensor([len(token_ids) - 1 for token_ids in chunk])
        states.append(hidden[torch.arange(len(chunk)), ends].float())
    return torch.cat(states)


def every_token_states(
    model: ServedModel, inputs: Sequence[list[int]], check: Callable[[], None]
) -> list[torch.Tensor]:
    """[tokens, hidden] float32 of each input, after the final norm."""
    return [
        hidden[row, : len(token_ids)].float()
        for chunk, hidden in _hidden_states(model, inputs, check)
        for row, token_ids in enumerate(chunk)
    ]


def _hidden_states(
    model: ServedModel, inputs: Sequence[list[int]], check: Callable[[], None]
) -> Iterator[tuple[list[list[int]], torch.Tensor]]:
    """Each chunk of inputs with its states [inputs, longest, hidden].

    Inputs are padded on the right, where a causal model's earlier tokens cannot see the padding.
    Chunks are a function of the inputs alone, so the answer is too, to the last bit.
    """
    for chunk in _chunks(inputs):
        check()
        padded = torch.zeros(len(chunk), max(map(len, chunk)), dtype=torch.long)
        for row, token_ids in enumerate(chunk):
            padded[row, : len(token_ids)] = torch.tensor(token_ids)
        yield chunk, model.network.base_model(input_ids=padded, use_cache=False).last_hidden_state


def _chunks(inputs: Sequence[list[int]]) -> list[list[list[int]]]:
    chunks: list[list[list[int]]] = []
    longest = 0
    for token_ids in inputs:
        longest_then = max(longest, len(token_ids))
        fits = chunks and len(chunks[-1]) < CHUNK_INPUTS
        if fits and (len(chunks[-1]) + 1) * longest_then <= CHUNK_TOKENS:
            chunks[-1].append(token_ids)
            longest = longest_then
        else:
            chunks.append([token_ids])
            longest = len(token_ids)
    return chunks
