"""When a sequence ends, and what of it is text."""

from dataclasses import replace

from conformance.tiny_checkpoints import tiny_tokenizer
from laser.server.stopping import GrowingSequence

from .test_sampling import PLAIN

TOKENIZER = tiny_tokenizer()
EOS = 2


def _grow(text: str, eos: bool = False, stop_ids: tuple[int, ...] = (), **changes: object):
    parameters = replace(PLAIN, **{"max_tokens": 20, "stop_token_ids": stop_ids, **changes})
    sequence = GrowingSequence(
        [1], parameters, TOKENIZER.backend_tokenizer, EOS, frozenset(stop_ids)
    )
    ids = TOKENIZER.encode(text, add_special_tokens=False) + ([EOS] if eos else [])
    for token in ids:
        if sequence.append(token):
            break
    return sequence


def test_end_of_text_is_a_token_but_not_text() -> None:
    sequence = _grow("ab", eos=True)
    assert (sequence.text, sequence.finish_reason, sequence.stop_reason) == ("ab", "stop", None)
    assert sequence.token_ids[-1] == EOS


def test_length() -> None:
    sequence = _grow("abcdef", max_tokens=3)
    assert (sequence.text, sequence.finish_reason) == ("abc", "length")


def test_stop_string_across_tokens_is_cut() -> None:
    sequence = _grow("abcdef", stop=("cd",))
    assert (sequence.text, sequence.finish_reason, sequence.stop_reason) == ("ab", "stop", "cd")
    assert len(sequence.token_ids) == 4


def test_stop_string_at_the_length_limit_counts_as_stop() -> None:
    sequence = _grow("abcdef", stop=("cd",), max_tokens=4)
    assert (sequence.finish_reason, sequence.stop_reason) == ("stop", "cd")


def test_first_completed_stop_string_wins() -> None:
    sequence = _grow("abcdef", stop=("bcde", "cd"))
    assert (sequence.text, sequence.stop_reason) == ("ab", "cd")


def test_stop_string_can_be_kept() -> None:
    assert _grow("abcdef", stop=("cd",), include_stop_str_in_output=True).text == "abcd"


def test_stop_token_reports_its_id() -> None:
    token = TOKENIZER.encode("c", add_special_tokens=False)[0]
    sequence = _grow("abcdef", stop_ids=(token,))
    assert (sequence.text, sequence.stop_reason) == ("ab", token)


def test_stop_string_is_not_looked_for_before_min_tokens() -> None:
    sequence = _grow("ababcd", stop=("ab",), min_tokens=3)
    assert (sequence.text, len(sequence.token_ids)) == ("ab", 4)


def test_end_of_text_ignored() -> None:
    assert _grow("ab", eos=True, ignore_eos=True).finish_reason is None
