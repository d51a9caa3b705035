from collections.abc import Sequence

from laser.trainer.token_pairs import TokenPair, TokenSequence

MICRO_BATCH_TOKENS = 1024
"""Most padded tokens in one forward pass; part of the result's last bits, so a constant."""

LOGIT_ELEMENTS = 2**25
"""Most logits held at once (128 MiB in float32): bounds memory for large vocabularies."""


def token_budget(vocabulary: int) -> int:
    return max(1, min(MICRO_BATCH_TOKENS, LOGIT_ELEMENTS // vocabulary))


def plan_sequence_batches(
    sequences: Sequence[TokenSequence], budget: int
) -> list[list[TokenSequence]]:
    """The distinct sequences, shortest first, in batches of at most `budget` padded tokens."""
    ordered = sorted(dict.fromkeys(sequences), key=lambda sequence: sequence.length)
    batches: list[list[TokenSequence]] = []
    for sequence in ordered:
        if not batches or (len(batches[-1]) + 1) * sequence.length > budget:
            batches.append([])
        batches[-1].append(sequence)
    return batches


def plan_pair_batches(pairs: Sequence[TokenPair], budget: int) -> list[list[int]]:
    """Indices of `pairs`, shortest first, in batches of at most `budget` padded tokens.

    A pair is never split: its loss needs both log-probabilities. One that exceeds the budget
    alone is a batch of its own.
    """
    batches: list[list[int]] = []
    distinct: set[TokenSequence] = set()
    for index in sorted(range(len(pairs)), key=lambda index: pairs[index].longest):
        grown = distinct | {pairs[index].chosen, pairs[index].rejected}
        if not batches or len(grown) * pairs[index].longest > budget:
            batches.append([])
            grown = {pairs[index].chosen, pairs[index].rejected}
        batches[-1].append(index)
        distinct = grown
    return batches
