"""When a sequence ends: end-of-text tokens, stop tokens, stop strings, the length limit."""

from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream

from laser.server.sampling import SamplingParameters


class GrowingSequence:
    """A completion while it grows. `finish_reason` is None until it ends."""

    def __init__(
        self,
        prompt: Sequence[int],
        parameters: SamplingParameters,
        tokenizer: Tokenizer,
        eos_token_id: int | None,
        stop_token_ids: frozenset[int],
    ):
        self.token_ids: list[int] = []
        self.text = ""
        self.finish_reason: str | None = None
        self.stop_reason: str | int | None = None
        self._parameters = parameters
        self._tokenizer = tokenizer
        self._eos_token_id = None if parameters.ignore_eos else eos_token_id
        self._stop_token_ids = stop_token_ids
        self._stream = DecodeStream(
            ids=list(prompt), skip_special_tokens=parameters.skip_special_tokens
        )

    def append(self, token_id: int) -> bool:
        """Add a sampled token; True once the sequence has ended.

        An ending token stays in `token_ids` and is left out of `text`; a stop string ends the
        sequence with the token that completes it and is cut from `text`.
        """
        self.token_ids.append(token_id)
        enough = len(self.token_ids) >= self._parameters.min_tokens
        ended_by_token = enough and (
            token_id == self._eos_token_id or token_id in self._stop_token_ids
        )
        if ended_by_token:
            self.finish_reason = "stop"
            self.stop_reason = None if token_id == self._eos_token_id else token_id
        elif len(self.token_ids) >= self._parameters.max_tokens:
            self.finish_reason = "length"
        if not ended_by_token or self._parameters.include_stop_str_in_output:
            self._extend_text(token_id)
        return self.finish_reason is not None

    def _extend_text(self, token_id: int) -> None:
        added = self._stream.step(self._tokenizer, token_id) or ""
        known = len(self.text)
        self.text += added
        if not added or len(self.token_ids) <= self._parameters.min_tokens:
            return
        found = _earliest_stop(self.text, known, self._parameters.stop)
        if found is not None:
            start, stop = found
            keep = len(stop) if self._parameters.include_stop_str_in_output else 0
            self.text = self.text[: start + keep]
            self.finish_reason = "stop"
            self.stop_reason = stop


def _earliest_stop(text: str, known: int, stops: Sequence[str]) -> tuple[int, str] | None:
    """Start and string of the stop that completes first in the text after its `known` part."""
    found = [
        (start + len(stop), order, start, stop)
        for order, stop in enumerate(stops)
        if (start := text.find(stop, max(0, known - len(stop) + 1))) >= 0
    ]
    if not found:
        return None
    _, _, start, stop = min(found)
    return start, stop
