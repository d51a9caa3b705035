"""Splitting a request's sequences into batches of bounded memory."""

from dataclasses import replace

from laser.server import chunks
from laser.server.chunks import PromptRequest, Row, plan_chunks

from .test_sampling import PLAIN


def _prompts(count: int, length: int = 5, **changes: object) -> list[PromptRequest]:
    parameters = replace(PLAIN, **changes)
    return [PromptRequest([1] * length, parameters) for _ in range(count)]


def test_every_sequence_once_in_order() -> None:
    planned = list(plan_chunks(_prompts(40, n=8), 50))
    rows = [row for chunk in planned for row in chunk]
    assert rows == [Row(prompt, child) for prompt in range(40) for child in range(8)]
    assert max(map(len, planned)) == chunks.CHUNK_SEQUENCES


def test_long_sequences_make_small_chunks() -> None:
    planned = list(plan_chunks(_prompts(4, length=9_000, max_tokens=1_000), 50))
    assert [len(chunk) for chunk in planned] == [3, 1]


def test_a_sequence_over_the_limit_still_runs() -> None:
    assert len(list(plan_chunks(_prompts(2, length=chunks.CHUNK_TOKENS + 1), 50))) == 2


def test_prompt_scores_count_their_logits() -> None:
    vocabulary = 50_000
    scored = list(plan_chunks(_prompts(32, length=200, prompt_logprobs=0), vocabulary))
    assert max(map(len, scored)) * 208 * vocabulary <= chunks.CHUNK_PROMPT_LOGITS
    assert len(list(plan_chunks(_prompts(32, length=200), vocabulary))) == 1
