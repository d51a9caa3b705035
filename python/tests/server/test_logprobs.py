"""Log-probabilities as vLLM lays them out."""

import math

import torch

from conformance.tiny_checkpoints import tiny_tokenizer
from laser.server.logprobs import completion_logprobs, logprobs_at, prompt_logprobs

LOGITS = torch.log(torch.tensor([[0.5, 0.2, 0.3], [0.1, 0.1, 0.8]]))


def test_the_token_itself_comes_first_then_the_likeliest() -> None:
    first, second = logprobs_at(LOGITS, torch.tensor([1, 2]), top=2)
    assert (first.token_ids, first.ranks) == ([1, 0, 2], [3, 1, 2])
    assert (second.token_ids, second.ranks) == ([2, 0], [1, 2])
    assert math.isclose(first.values[0], math.log(0.2), rel_tol=1e-5)


def test_minus_one_asks_for_the_vocabulary_and_zero_for_the_token() -> None:
    assert len(logprobs_at(LOGITS, torch.tensor([1, 2]), top=-1)[0].token_ids) == 3
    assert logprobs_at(LOGITS, torch.tensor([1, 2]), top=0)[0].token_ids == [1]


def test_minus_infinity_is_sent_as_a_number() -> None:
    logits = torch.tensor([[0.0, -torch.inf]])
    assert logprobs_at(logits, torch.tensor([1]), top=0)[0].values == [-9999.0]


def test_layout() -> None:
    tokenizer = tiny_tokenizer()
    ids = tokenizer.encode("ab")
    logits = torch.zeros(2, 50)
    positions = [None, *logprobs_at(logits, torch.tensor(ids[1:]), top=0)]
    shown = completion_logprobs(ids, positions, tokenizer, as_token_ids=False)
    assert shown["tokens"] == ["<s>", "a", "b"]
    assert shown["text_offset"] == [0, 3, 4]
    assert shown["token_logprobs"][0] is None and shown["top_logprobs"][0] is None
    listed = prompt_logprobs(positions, tokenizer)
    assert listed[0] is None and listed[1] is not None
    assert listed[1][str(ids[1])]["decoded_token"] == "a"
