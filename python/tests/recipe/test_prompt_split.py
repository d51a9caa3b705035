from random import Random

from laser.recipe.prompt_split import draw_prompts, split_of


def test_splits_have_their_shares() -> None:
    drawn = [split_of(f"prompt {i}") for i in range(8000)]
    shares = {split: drawn.count(split) / len(drawn) for split in set(drawn)}
    expected = {"demonstration": 10 / 16, "preference": 3 / 16, "train": 2 / 16, "heldout": 1 / 16}
    assert shares.keys() == expected.keys()
    assert all(abs(shares[split] - share) < 0.02 for split, share in expected.items())


def test_drawn_prompts_are_different_of_the_split_and_the_same_for_a_seed() -> None:
    prompts = draw_prompts("sum", "heldout", 200, Random(3))
    assert len(set(prompts)) == 200
    assert {split_of(prompt) for prompt in prompts} == {"heldout"}
    assert prompts == draw_prompts("sum", "heldout", 200, Random(3))
    assert prompts != draw_prompts("sum", "heldout", 200, Random(4))
