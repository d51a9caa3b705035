import json
from pathlib import Path

import pytest

from laser.smollm2.build_error import BuildError
from laser.smollm2.question import read_questions

LINE = json.dumps({"question": "How many?", "answer": "1+1 = <<1+1=2>>2\n#### 2"})


def test_lines_are_read_whatever_their_ends_and_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + f"{LINE}\r\n\r\n{LINE}".encode())
    questions = read_questions(path)
    assert [(one.text, one.answer, one.calculations) for one in questions] == [
        ("How many?", "2", 1)
    ] * 2
    assert {one.line for one in questions} == {LINE}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2 is not JSON"),
        ("[1]", 'line 2 is no object with the texts "question" and "answer"'),
        ('{"question": "How many?"}', 'line 2 is no object with the texts "question" and "answer"'),
        ('{"question": "a", "answer": "2"}', 'line 2 has no number behind "####"'),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{LINE}\n{line}\n", encoding="utf-8")
    with pytest.raises(BuildError, match=problem):
        read_questions(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"absent\.jsonl cannot be read"):
        read_questions(tmp_path / "absent.jsonl")
