from collections.abc import Sequence
from dataclasses import dataclass

from laser.trainer.token_pairs import TokenPair, TokenSequence

MICRO_BATCH_TOKENS = 2048
"""Most padded tokens in one forward pass; part of the result's last bits, so a constant."""

LOGIT_ELEMENTS = 2**25
"""Most logits held at once (128 MiB in float32): bounds memory for large vocabularies."""


@dataclass(frozen=True)
class MicroBatch:
    """Pairs whose sequences go through the model together, each distinct sequence once.

    `indices` are positions in the mini-batch; `chosen` and `rejected` are rows of `sequences`.
    """

    indices: list[int]
    sequences: list[TokenSequence]
    chosen: list[int]
    rejected: list[int]


def token_budget(vocabulary: int) -> int:
    return max(1, min(MICRO_BATCH_TOKENS, LOGIT_ELEMENTS // vocabulary))


def plan_micro_batches(
    pairs: Sequence[TokenPair], budget: int, most_pairs: int | None = None
) -> list[MicroBatch]:
    """A mini-batch's pairs, shortest first, in micro-batches of at most `budget` padded tokens.

    `most_pairs` bounds them further.

    A pair is never split, for its loss needs both log-probabilities; one that exceeds the budget
    alone is a micro-batch of its own.
    """
    groups: list[list[int]] = []
    distinct: set[TokenSequence] = set()
    for index in sorted(range(len(pairs)), key=lambda index: pairs[index].longest):
        own = {pairs[index].chosen, pairs[index].rejected}
        distinct = distinct | own
        over_budget = len(distinct) * pairs[index].longest > budget
        if not groups or over_budget or len(groups[-1]) == most_pairs:
            groups.append([])
            distinct = own
        groups[-1].append(index)
    return [micro_batch(pairs, indices) for indices in groups]


def micro_batch(pairs: Sequence[TokenPair], indices: list[int]) -> MicroBatch:
    chosen = [pairs[index].chosen for index in indices]
    rejected = [pairs[index].rejected for index in indices]
    rows = {sequence: row for row, sequence in enumerate(dict.fromkeys(chosen + rejected))}
    return MicroBatch(
        indices=indices,
        sequences=list(rows),
        chosen=[rows[sequence] for sequence in chosen],
        rejected=[rows[sequence] for sequence in rejected],
    )
