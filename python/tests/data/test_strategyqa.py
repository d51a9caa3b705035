import json
import zipfile
from pathlib import Path

import pytest

from laser.data.data_error import DataError

from .prepared import prepared, put, put_lines


def official(number: int, answer: bool | None) -> dict[str, object]:
    """As in strategyqa_train.json; strategyqa_test.json has no answers."""
    record: dict[str, object] = {
        "qid": f"q{number}",
        "term": "Bridge",
        "description": "structure over an obstacle",
        "question": f"Could a ferry pass under bridge {number}?",
    }
    if answer is not None:
        record |= {"answer": answer, "facts": ["Ferries are tall."], "decomposition": []}
    return record


def test_the_official_archive_is_split_by_hash_as_its_test_file_has_no_answers(
    tmp_path: Path,
) -> None:
    train = json.dumps([official(number, number % 3 == 0) for number in range(60)])
    test = json.dumps([official(number, None) for number in range(100, 110)])
    archive = tmp_path / "strategyqa_dataset.zip"
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("strategyqa_train.json", train)
        content.writestr("strategyqa_train_filtered.json", train)
        content.writestr("strategyqa_train_paragraphs.json", '{"Bridge-1": {"content": "…"}}')
        content.writestr("strategyqa_test.json", test)
    result = prepared("strategyqa", archive, out=tmp_path / "out", held_out_share=0.3)
    assert result.manifest["split"] == "hash"
    assert result.manifest["dropped"] == {"without an answer": 10}
    assert len(result.all) == 60
    assert {(line["prompt"], line["answer"]) for line in result.all} >= {
        ("Could a ferry pass under bridge 3?", "yes"),
        ("Could a ferry pass under bridge 4?", "no"),
    }


def test_answers_as_words(tmp_path: Path) -> None:
    records = [official(1, None) | {"answer": "Yes"}, official(2, None) | {"answer": "false"}]
    place = put_lines(tmp_path / "train.jsonl", records)
    other = put_lines(tmp_path / "dev.jsonl", [official(3, True)])
    result = prepared("strategyqa", place, other, out=tmp_path / "out")
    assert [line["answer"] for line in result.train] == ["yes", "no"]
    assert [line["answer"] for line in result.held_out] == ["yes"]


def test_another_answer_is_refused(tmp_path: Path) -> None:
    place = put(tmp_path / "a.json", json.dumps([official(1, None) | {"answer": "perhaps"}]))
    with pytest.raises(DataError, match=r'record 1: "answer" must be true or false'):
        prepared("strategyqa", place, out=tmp_path / "out")
