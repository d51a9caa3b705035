"""Choosing tokens: filters, penalties, and the draw itself."""

from dataclasses import replace

import pytest
import torch

from laser.server.sampling import SamplingParameters, TokenHistory, choose_tokens, penalise
from laser.server.uniforms import BLOCK, UniformTable

PLAIN = SamplingParameters(
    n=1,
    max_tokens=8,
    min_tokens=0,
    temperature=1.0,
    top_p=1.0,
    top_k=0,
    min_p=0.0,
    repetition_penalty=1.0,
    presence_penalty=0.0,
    frequency_penalty=0.0,
    seed=0,
    stop=(),
    stop_token_ids=(),
    include_stop_str_in_output=False,
    ignore_eos=False,
    skip_special_tokens=True,
    logprobs=None,
    prompt_logprobs=None,
)
LOGITS = torch.log(torch.tensor([0.1, 0.5, 0.0, 0.25, 0.15]))


def _drawn(parameters: SamplingParameters, count: int = 2000) -> torch.Tensor:
    """Share of each token over evenly spaced uniforms."""
    uniforms = (torch.arange(count, dtype=torch.float64) + 0.5) / count
    tokens = choose_tokens(LOGITS.expand(count, -1), parameters, uniforms)
    return torch.bincount(tokens, minlength=len(LOGITS)) / count


def test_draw_follows_the_distribution() -> None:
    expected = torch.tensor([0.1, 0.5, 0.0, 0.25, 0.15])
    assert torch.allclose(_drawn(PLAIN), expected, atol=1e-3)


def test_temperature_sharpens() -> None:
    expected = torch.softmax(LOGITS / 0.5, -1)
    assert torch.allclose(_drawn(replace(PLAIN, temperature=0.5)), expected, atol=1e-3)


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"top_k": 2}, [1, 3]),
        ({"top_p": 0.5}, [1]),
        ({"top_p": 0.7}, [1, 3]),
        ({"top_p": 0.76}, [1, 3, 4]),
        ({"min_p": 0.3}, [1, 3, 4]),
        ({"min_p": 1.0}, [1]),
        ({"top_k": 3, "top_p": 0.6}, [1, 3]),
    ],
)
def test_filters_keep_the_likeliest(changes: dict[str, float], kept: list[int]) -> None:
    shares = _drawn(replace(PLAIN, **changes))
    assert torch.nonzero(shares)[:, 0].tolist() == kept
    expected = torch.softmax(LOGITS[kept], -1)
    assert torch.allclose(shares[kept], expected, atol=1e-3)


@pytest.mark.parametrize("uniform", [0.0, 1.0 - 2.0**-53])
def test_extreme_uniforms_never_draw_an_impossible_token(uniform: float) -> None:
    logits = torch.tensor([[-torch.inf, 0.0, 1.0, -torch.inf]])
    token = choose_tokens(logits, PLAIN, torch.tensor([uniform], dtype=torch.float64))
    assert token.item() in (1, 2)


def test_a_row_does_not_depend_on_its_neighbours() -> None:
    generator = torch.Generator().manual_seed(3)
    logits = torch.randn(64, 50, generator=generator)
    uniforms = torch.rand(64, generator=generator, dtype=torch.float64)
    parameters = replace(PLAIN, top_p=0.9, top_k=20, min_p=0.01)
    together = choose_tokens(logits, parameters, uniforms)
    alone = [
        choose_tokens(logits[row : row + 1], parameters, uniforms[row : row + 1])
        for row in range(64)
    ]
    assert together.tolist() == torch.cat(alone).tolist()


def test_penalties() -> None:
    history = TokenHistory([[0]], 4)
    history.add(torch.tensor([1]))
    history.add(torch.tensor([1]))
    logits = torch.tensor([[1.0, -1.0, 0.5, 2.0]])
    repeated = penalise(logits, history, replace(PLAIN, repetition_penalty=2.0))
    assert repeated.tolist() == [[0.5, -2.0, 0.5, 2.0]]
    frequent = penalise(logits, history, replace(PLAIN, frequency_penalty=0.5))
    assert frequent.tolist() == [[1.0, -2.0, 0.5, 2.0]]
    present = penalise(logits, history, replace(PLAIN, presence_penalty=0.5))
    assert present.tolist() == [[1.0, -1.5, 0.5, 2.0]]


def test_uniforms_depend_on_seed_and_prompt_alone() -> None:
    table = UniformTable([5, 6], [[1, 2], [1, 2]])
    alone = UniformTable([6], [[1, 2]])
    last = BLOCK + 3
    assert table.at(0, [1]) == alone.at(0, [0])
    assert table.at(last, [1]) == alone.at(last, [0])
    assert table.at(0, [0]) != table.at(0, [1])
    assert UniformTable([6], [[1, 3]]).at(0, [0]) != alone.at(0, [0])
