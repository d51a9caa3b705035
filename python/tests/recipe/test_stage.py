from pathlib import Path

import pytest

from laser.recipe.stage import run_stage


def test_an_interrupted_stage_leaves_no_output_and_starts_afresh(tmp_path: Path) -> None:
    output = tmp_path / "policy"

    def interrupted(partial: Path) -> None:
        partial.mkdir()
        (partial / "half").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_stage(output, interrupted)
    assert not output.exists()

    def whole(partial: Path) -> None:
        partial.mkdir()
        (partial / "whole").write_text("whole")

    run_stage(output, whole)
    assert [path.name for path in output.iterdir()] == ["whole"]
    assert [path.name for path in tmp_path.iterdir()] == ["policy"]


def test_a_finished_stage_is_kept(tmp_path: Path) -> None:
    output = tmp_path / "judged.jsonl"

    def first(partial: Path) -> None:
        partial.write_text("first")

    run_stage(output, first)
    run_stage(output, lambda partial: pytest.fail("made again"))
    assert output.read_text() == "first"
