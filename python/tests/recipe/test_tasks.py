"""Every family's own demonstrations are judged as what they are."""

from random import Random

import pytest

from laser.recipe.demonstration import draw_demonstration, is_careful
from laser.recipe.sampling import MAX_NEW_TOKENS
from laser.recipe.tasks import FAMILIES, answer_of
from laser.recipe.tokenizer import decode, encode
from laser.recipe.verifier import final_answer, is_correct

PROMPTS = 500


def draw(category: str) -> list[str]:
    random = Random(f"tasks/{category}")
    return [FAMILIES[category].draw(random) for _ in range(PROMPTS)]


@pytest.mark.parametrize("category", FAMILIES)
def test_demonstrations_are_right_and_mistakes_are_not(category: str) -> None:
    family = FAMILIES[category]
    for prompt in draw(category):
        answer = answer_of(category, prompt)
        assert is_correct(family.demonstrate(prompt), answer)
        assert not is_correct(family.mistake(prompt), answer)


@pytest.mark.parametrize("category", FAMILIES)
def test_prompts_of_a_family_have_one_length_and_its_end(category: str) -> None:
    prompts = draw(category)
    assert len({len(prompt) for prompt in prompts}) == 1
    assert {prompt[-1] for prompt in prompts} == {FAMILIES[category].end}


def test_families_end_differently() -> None:
    assert len({family.end for family in FAMILIES.values()}) == len(FAMILIES)


@pytest.mark.parametrize("category", FAMILIES)
def test_completions_fit_and_survive_the_tokenizer(category: str) -> None:
    family = FAMILIES[category]
    for prompt in draw(category):
        for text in (family.demonstrate(prompt), family.mistake(prompt)):
            assert len(text) < MAX_NEW_TOKENS
            assert decode(encode(prompt + text)) == prompt + text


@pytest.mark.parametrize(
    ("category", "prompt", "right", "mistake"),
    [
        ("sum", "47+25+8=", "72+8=80", "62+8=60"),
        ("product", "17*6-45?", "102-45=57", "102+45=147"),
        ("sort", "52917<", "12579", "97521"),
        ("reverse", "hbdac~", "cadbh", "bdach"),
    ],
)
def test_worked_examples(category: str, prompt: str, right: str, mistake: str) -> None:
    assert FAMILIES[category].demonstrate(prompt) == right
    assert FAMILIES[category].mistake(prompt) == mistake


@pytest.mark.parametrize(
    ("completion", "answer"),
    [
        ("72+38=110", "110"),
        ("1=2= 3 ", "3"),
        ("012579", "012579"),
        ("72+38=", None),
        ("", None),
        ("a= ", None),
    ],
)
def test_final_answer(completion: str, answer: str | None) -> None:
    assert final_answer(completion) == answer


def test_demonstrations_hold_mistakes_where_the_prompt_says_so() -> None:
    random = Random("demonstrations")
    categories = {family.end: category for category, family in FAMILIES.items()}
    right: dict[bool, list[bool]] = {True: [], False: []}
    for _ in range(4000):
        prompt, completion = draw_demonstration(random)
        right[is_careful(prompt)].append(
            is_correct(completion, answer_of(categories[prompt[-1]], prompt))
        )
    assert 0.66 < sum(right[True]) / len(right[True]) < 0.74
    assert 0.26 < sum(right[False]) / len(right[False]) < 0.34
