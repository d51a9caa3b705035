import gzip
import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from laser.data.data_error import DataError

from .prepared import prepared, put, put_lines


def question(number: int) -> dict[str, str]:
    return {
        "question": f"Mira bakes {number} trays of 6 rolls. How many rolls are there?",
        "answer": f"Each tray has 6 rolls, so 6*{number}=<<6*{number}={6 * number}>>.\n"
        f"#### {6 * number:,}",
    }


TRAIN = [question(number) for number in range(1, 21)]
TEST = [question(number) for number in range(1000, 1005)]


def test_the_files_of_the_repository_keep_their_split(tmp_path: Path) -> None:
    put_lines(tmp_path / "gsm8k" / "train.jsonl", TRAIN)
    put_lines(tmp_path / "gsm8k" / "test.jsonl", TEST)
    put_lines(tmp_path / "gsm8k" / "train_socratic.jsonl", TRAIN)
    result = prepared("gsm8k", tmp_path / "gsm8k", out=tmp_path / "out")
    assert [line["answer"] for line in result.held_out] == ["6000", "6006", "6012", "6018", "6024"]
    assert result.train[1] == {
        "promptId": result.train[1]["promptId"],
        "prompt": TRAIN[1]["question"],
        "answer": "12",
    }
    assert len({line["promptId"] for line in result.all}) == 25
    manifest = result.manifest
    assert (manifest["split"], manifest["records"], manifest["dropped"]) == ("public", 25, {})
    assert [file["name"] for file in manifest["files"]] == ["gsm8k/test.jsonl", "gsm8k/train.jsonl"]


def test_every_format_says_the_same(tmp_path: Path) -> None:
    everything = [*TRAIN, *TEST]
    text = "".join(f"{json.dumps(record)}\n" for record in everything)
    places = {
        "lines.jsonl": text.encode(),
        "packed.jsonl.gz": gzip.compress(text.encode(), mtime=0),
        "list.json": json.dumps(everything).encode(),
        "windows.json": b"\xef\xbb\xbf" + text.replace("\n", "\r\n\r\n").encode(),
    }
    files = [put(tmp_path / name, content) for name, content in places.items()]
    files.append(tmp_path / "0000.parquet")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(everything), files[-1])
    files.append(
        put(
            tmp_path / "table.csv",
            "question,answer\n"
            + "".join(f'"{record["question"]}","{record["answer"]}"\n' for record in everything),
        )
    )
    results = [prepared("gsm8k", file, out=tmp_path / f"out-{file.name}") for file in files]
    assert {result.content["train.jsonl"] for result in results} == {
        results[0].content["train.jsonl"]
    }
    assert {result.manifest["split"] for result in results} == {"hash"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.jsonl",
            '{"question": "Why?", "answer": "because"}\n',
            r'a\.jsonl: line 1: "answer" must be .*"#### <number>", but is \'because\'',
        ),
        (
            "a.jsonl",
            '\n{"query": "Why?", "answer": "#### 1"}\n',
            r'a\.jsonl: line 2: "question" must be a text, but the record has only "query"',
        ),
        (
            "a.jsonl",
            '{"question": 7, "answer": "#### 1"}\n',
            r'line 1: "question" must be a text, but is 7',
        ),
        ("a.jsonl", '{"question": \n', r"a\.jsonl: line 1 is not JSON"),
        ("a.json", "[1]", r"a\.json: record 1 is no JSON object"),
        ("a.json", "[{]", r"a\.json: is not JSON"),
        ("a.csv", "question,answer\nWhy?\n", r"a\.csv: line 2 has 1 cells instead of 2"),
        ("a.parquet", "PAR1", r"a\.parquet: cannot be read as Parquet"),
        ("a.jsonl", b"\xff\xfe", r"a\.jsonl: cannot be read as UTF-8"),
        ("a.jsonl.gz", b"no gzip", r"a\.jsonl\.gz: cannot be read"),
        ("a.zip", b"no zip", r"a\.zip: cannot be unpacked"),
        ("a.jsonl", "", r"No training prompt is left of 0 records"),
        ("a.txt", "", r"has no file of this set; it has nothing in JSON"),
    ],
)
def test_a_wrong_file_is_told_by_place(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        prepared("gsm8k", put(tmp_path / name, content), out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_first_bad_records_are_all_named(tmp_path: Path) -> None:
    place = put_lines(tmp_path / "a.jsonl", [*TRAIN[:2], *[{"question": "x", "answer": "y"}] * 9])
    with pytest.raises(DataError) as error:
        prepared("gsm8k", place, out=tmp_path / "out")
    assert [f"line {number}: " in str(error.value) for number in range(2, 9)] == [
        *[False],
        *[True] * 5,
        False,
    ]


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    place = put_lines(tmp_path / "a.jsonl", TRAIN)
    put(tmp_path / "out" / "mine.txt", "mine")
    with pytest.raises(DataError, match="is there already"):
        prepared("gsm8k", place, out=tmp_path / "out")


def test_halves_of_surrogate_pairs_become_characters(tmp_path: Path) -> None:
    odd = '{"question": "What is \\ud83d + 1?", "answer": "#### 2"}\n'
    place = put(tmp_path / "a.jsonl", odd)
    put_lines(tmp_path / "b.jsonl", TRAIN)
    result = prepared("gsm8k", place, tmp_path / "b.jsonl", out=tmp_path / "out")
    assert any("What is \ufffd + 1?" in line["prompt"] for line in result.all)
