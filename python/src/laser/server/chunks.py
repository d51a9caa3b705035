"""How a request's sequences are split into batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from laser.server.allowed_texts import AllowedTexts
from laser.server.sampling import SamplingParameters

CHUNK_SEQUENCES = 128
CHUNK_TOKENS = 32_768
CHUNK_PROMPT_LOGITS = 2**26


@dataclass(frozen=True)
class PromptRequest:
    """A prompt's token ids and what to sample after it (max_tokens already fits the window).

    `allowed`: the texts a completion may be; None: any.
    """

    token_ids: list[int]
    parameters: SamplingParameters
    allowed: AllowedTexts | None = None


@dataclass(frozen=True)
class Row:
    """Completion `child` of prompt `prompt` of the request."""

    prompt: int
    child: int


def plan_chunks(prompts: Sequence[PromptRequest], vocab_size: int) -> Iterator[list[Row]]:
    """Split a request's sequences, in order, so that a chunk's memory is bounded.

    At least one sequence a chunk. Depends on the request only, never on load, so that floating
    point sums, and with them the tokens, are the same at every retry.
    """
    chunk: list[Row] = []
    longest = 0
    for index, prompt in enumerate(prompts):
        length = len(prompt.token_ids) + prompt.parameters.max_tokens
        logits = vocab_size if prompt.parameters.prompt_logprobs is not None else 0
        for child in range(prompt.parameters.n):
            rows, longest_then = len(chunk) + 1, max(longest, length)
            too_large = (
                rows > CHUNK_SEQUENCES
                or rows * longest_then > CHUNK_TOKENS
                or rows * longest_then * logits > CHUNK_PROMPT_LOGITS
            )
            if chunk and too_large:
                yield chunk
                chunk, longest_then = [], length
            chunk.append(Row(index, child))
            longest = longest_then
    if chunk:
        yield chunk
