import random

import pytest

from laser.trainer.micro_batches import LOGIT_ELEMENTS, plan_micro_batches, token_budget
from laser.trainer.token_pairs import TokenPair, TokenSequence


def random_pairs(seed: int, count: int) -> list[TokenPair]:
    chance = random.Random(seed)
    pool = [
        TokenSequence((chance.randrange(9),) * 3, tuple(range(chance.randint(1, 40))))
        for _ in range(count)
    ]
    return [
        TokenPair(place, "p", chance.choice(pool), chance.choice(pool)) for place in range(count)
    ]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("budget", [1, 100, 700, 10**9])
@pytest.mark.parametrize("most", [1, 7, None])
def test_every_pair_is_in_one_micro_batch_within_the_bounds(
    seed: int, budget: int, most: int | None
):
    pairs = random_pairs(seed, 30)
    batches = plan_micro_batches(pairs, budget, most)
    assert sorted(i for batch in batches for i in batch.indices) == list(range(len(pairs)))
    for batch in batches:
        longest = max(sequence.length for sequence in batch.sequences)
        assert len(batch.indices) == 1 or len(batch.sequences) * longest <= budget
        assert most is None or len(batch.indices) <= most
        assert len(set(batch.sequences)) == len(batch.sequences)
        for index, chosen, rejected in zip(
            batch.indices, batch.chosen, batch.rejected, strict=True
        ):
            assert batch.sequences[chosen] == pairs[index].chosen
            assert batch.sequences[rejected] == pairs[index].rejected
    assert plan_micro_batches(pairs, budget, most) == batches


def test_a_large_vocabulary_makes_smaller_micro_batches():
    assert token_budget(256) == 2048
    assert token_budget(150_000) * 150_000 <= LOGIT_ELEMENTS
    assert token_budget(2**40) == 1
