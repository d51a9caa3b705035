import tarfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from laser.data.data_error import DataError
from laser.data.mmlu_groups import GROUP_OF

from .prepared import prepared, put


def test_there_are_57_subjects_in_four_groups() -> None:
    assert len(GROUP_OF) == 57
    assert len(set(GROUP_OF.values())) == 4


def test_the_authors_archive_of_csv_files_without_headers(tmp_path: Path) -> None:
    data = tmp_path / "data"
    put(data / "dev" / "astronomy_dev.csv", 'What do moons orbit?,Planets,Stars,"Dust, gas",Us,A\n')
    put(data / "val" / "marketing_val.csv", '"Who ""buys""?",Sellers,Buyers,Makers,Nobody,B\n')
    put(data / "test" / "astronomy_test.csv", "Which is hot?,Ice,Snow,Sun,None,C\n")
    put(data / "auxiliary_train" / "law.csv", "Which law?,1,2,3,4,D\n")
    archive = tmp_path / "data.tar"
    with tarfile.open(archive, "w") as content:
        content.add(data, "data")
    result = prepared("mmlu", archive, out=tmp_path / "out")
    assert result.manifest["split"] == "public"
    assert [(line["answer"], line["category"]) for line in result.train] == [
        ("A", "STEM"),
        ("B", "other"),
    ]
    assert result.train[0]["prompt"] == (
        "What do moons orbit?\nA. Planets\nB. Stars\nC. Dust, gas\nD. Us"
    )
    assert [line["prompt"].split("\n")[0] for line in result.held_out] == ["Which is hot?"]
    assert result.manifest["train"]["categories"] == {"STEM": 1, "other": 1}


def test_the_hubs_parquet_is_read_once(tmp_path: Path) -> None:
    def table(path: Path, subject: str, questions: list[str]) -> None:
        path.parent.mkdir(parents=True)
        rows = [
            {"question": text, "subject": subject, "choices": ["1", "2", "3", "4"], "answer": 3}
            for text in questions
        ]
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)

    hub = tmp_path / "mmlu"
    for config in ("all", "formal_logic"):
        table(hub / config / "test-00000-of-00001.parquet", "formal_logic", ["P?", "Q?"])
    table(hub / "all" / "validation" / "0000.parquet", "formal_logic", ["R?"])
    table(hub / "auxiliary_train" / "train-00000-of-00001.parquet", "", ["S?"])
    result = prepared("mmlu", hub, out=tmp_path / "out", subjects=True)
    assert [line["prompt"][:2] for line in result.train] == ["R?"]
    assert [line["prompt"][:2] for line in result.held_out] == ["P?", "Q?"]
    assert {(line["answer"], line["category"]) for line in result.all} == {("D", "formal_logic")}
    assert result.manifest["dropped"] == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Q?,1,2,3,4,E\n", r'line 1: "answer" must be a letter from A to D .*, but is \'E\''),
        ("Q?,1,2,3,A\n", r"line 1 has 5 cells instead of 6"),
    ],
)
def test_a_wrong_csv(tmp_path: Path, content: str, message: str) -> None:
    place = put(tmp_path / "astronomy_test.csv", content)
    with pytest.raises(DataError, match=message):
        prepared("mmlu", place, out=tmp_path / "out")


def test_a_subject_that_is_none(tmp_path: Path) -> None:
    place = put(tmp_path / "cooking_test.csv", "Q?,1,2,3,4,A\n")
    with pytest.raises(DataError, match=r"one of the 57 subjects .*'cooking'"):
        prepared("mmlu", place, out=tmp_path / "out")
