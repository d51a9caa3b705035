import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from laser.data.data_error import DataError

from .prepared import prepared, put_lines


def record(dataset: str, number: int, **changes: Any) -> dict[str, Any]:
    return {
        "input": f"Who keeps lighthouse {number}?",
        "context": f"A long report on lighthouse {number // 2}.",
        "answers": ["Ada", "Ada L."],
        "length": 7,
        "dataset": dataset,
        "language": "en",
        "all_classes": None,
        "_id": str(number),
        **changes,
    }


def test_the_hubs_archive(tmp_path: Path) -> None:
    content = {
        "hotpotqa": [record("hotpotqa", number) for number in range(40)],
        "hotpotqa_e": [record("hotpotqa", number) for number in range(40)],
        "gov_report": [record("gov_report", n, input="", answers=["A sum."]) for n in range(40)],
        "dureader": [record("dureader", 1, language="zh")],
        "lcc": [record("lcc", 1)],
    }
    folder = tmp_path / "LongBench"
    folder.mkdir()
    with zipfile.ZipFile(folder / "data.zip", "w") as archive:
        for name, records in content.items():
            lines = "".join(f"{json.dumps(line)}\n" for line in records)
            archive.writestr(f"data/{name}.jsonl", lines)
    result = prepared("longbench", folder, out=tmp_path / "out", held_out_share=0.4)
    assert [file["name"].split("/")[-1] for file in result.manifest["files"]] == [
        "gov_report.jsonl",
        "hotpotqa.jsonl",
    ]
    kinds = {line["category"]: line for line in result.train}
    assert sorted(kinds) == ["multi-document QA", "summarisation"]
    example = kinds["multi-document QA"]
    assert example["answers"] == ["Ada", "Ada L."]
    assert example["context"].startswith("A long report on lighthouse")
    assert kinds["summarisation"]["prompt"] == "Summarise the document above in one paragraph."
    sides = [{line["context"] for line in side} for side in (result.train, result.held_out)]
    assert sides[0].isdisjoint(sides[1]), "a document is on both sides of the split"


def test_one_file_says_its_dataset_itself(tmp_path: Path) -> None:
    rows = [record("qasper", number) for number in range(60)]
    rows.append(record("vcsum", 99, language="zh"))
    place = put_lines(tmp_path / "mine.jsonl", rows)
    result = prepared("longbench", place, out=tmp_path / "out")
    assert {line["category"] for line in result.all} == {"single-document QA"}
    assert result.manifest["dropped"] == {"of another kind or language": 1}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"answers": []}, r'"answers" must be a list of at least one text, but is \[\]'),
        ({"answers": "Ada"}, r'"answers" must be a list of texts, but is \'Ada\''),
        ({"context": ""}, r'"context" must be a text'),
        ({"input": ""}, r'"input" must be a text'),
    ],
)
def test_a_wrong_record(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    place = put_lines(tmp_path / "qasper.jsonl", [record("qasper", 1, **changes)])
    with pytest.raises(DataError, match=f"qasper.jsonl: line 1: {message}"):
        prepared("longbench", place, out=tmp_path / "out")
