import pytest

from laser.smollm2.verdict import final_number, gold_number, is_right


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12 - 5 = 7. The answer is 7.", "7"),
        ("so $1,250 in all", "1250"),
        ("that is 5.00 dollars", "5"),
        ("that is 5.50 dollars", "5.5"),
        ("it is 100", "100"),
        ("it falls to -3.", "-3"),
        ("3 of 40%", "40"),
        ("no number", None),
        ("", None),
    ],
)
def test_the_last_number_is_the_answer(text: str, number: str | None) -> None:
    assert final_number(text) == number


def test_gold_number_is_the_one_behind_the_mark() -> None:
    assert gold_number("2*600 = <<2*600=1200>>1200\n#### 1,200") == "1200"
    assert gold_number("2*600 = 1200") is None


def test_right_is_the_same_number_and_not_one_that_contains_it() -> None:
    assert is_right("I get 1,200.00", "1200")
    assert not is_right("I get 11200", "1200")
    assert not is_right("1200, or rather 1300", "1200")
