from pathlib import Path
from typing import Any

from .prepared import Prepared, prepared, put_lines


def records(count: int, first: int = 0) -> list[dict[str, Any]]:
    return [
        {"question": f"Is {number} even?", "answer": number % 2 == 0}
        for number in range(first, first + count)
    ]


def questions(lines: list[dict[str, Any]]) -> set[str]:
    return {line["prompt"] for line in lines}


def of(tmp_path: Path, content: list[dict[str, Any]], name: str, **settings: Any) -> Prepared:
    place = put_lines(tmp_path / f"{name}.jsonl", content)
    return prepared("strategyqa", place, out=tmp_path / name, **settings)


def test_a_prompt_stays_on_its_side_when_data_is_added_or_reordered(tmp_path: Path) -> None:
    small = of(tmp_path, records(300), "small")
    large = of(tmp_path, records(600)[::-1], "large")
    assert questions(small.train) <= questions(large.train)
    assert questions(small.held_out) <= questions(large.held_out)
    assert 15 <= len(small.held_out) <= 48


def test_another_seed_is_another_split_and_the_same_seed_the_same_bytes(tmp_path: Path) -> None:
    first = of(tmp_path, records(300), "first")
    second = of(tmp_path, records(300), "second", seed=2)
    assert questions(first.held_out) != questions(second.held_out)
    again = prepared("strategyqa", tmp_path / "first.jsonl", out=tmp_path / "again")
    assert again.content == first.content


def test_duplicates_are_taken_out_and_counted(tmp_path: Path) -> None:
    train = put_lines(
        tmp_path / "train.json",
        [*records(20), *records(3), {"question": "is  101 EVEN?", "answer": False}],
    )
    test = put_lines(tmp_path / "test.json", [*records(5, first=100), *records(1, first=100)])
    result = prepared("strategyqa", train, test, out=tmp_path / "out")
    assert (len(result.train), len(result.held_out)) == (20, 5)
    assert result.manifest["dropped"] == {
        "duplicate": 4,
        "in train and held-out; kept in held-out": 1,
    }
    both = {text.casefold() for text in questions(result.train)}
    assert both.isdisjoint(text.casefold() for text in questions(result.held_out))


def test_the_public_split_can_be_put_aside(tmp_path: Path) -> None:
    train = put_lines(tmp_path / "train.json", records(200))
    test = put_lines(tmp_path / "test.json", records(100, first=1000))
    result = prepared(
        "strategyqa", train, test, out=tmp_path / "out", resplit=True, held_out_share=0.5
    )
    assert result.manifest["split"] == "hash"
    assert 110 <= len(result.held_out) <= 190


def test_limits_draw_by_seed_and_keep_the_order(tmp_path: Path) -> None:
    whole = of(tmp_path, records(400), "whole", held_out_share=0.5)
    limited = of(tmp_path, records(400), "limited", held_out_share=0.5, limit=20, held_out_limit=10)
    assert (len(limited.train), len(limited.held_out)) == (20, 10)
    order = [line["prompt"] for line in whole.train]
    places = [order.index(line["prompt"]) for line in limited.train]
    assert places == sorted(places)
    assert places != list(range(20))
    assert limited.manifest["dropped"] == {"over a limit": 370}
    sampled = of(tmp_path, records(400), "sampled", sample=50)
    assert len(sampled.all) == 50
    assert sampled.manifest["dropped"] == {"not in the sample": 350}
