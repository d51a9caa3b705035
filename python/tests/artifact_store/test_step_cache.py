import json
from pathlib import Path

import pytest

from laser.artifact_store import (
    ArtifactStore,
    append_journal,
    find_step_record,
    put_bundle,
    put_step_record,
    read_bundle_manifest,
    step_key,
)
from laser.contract import StepRecord

KEY = step_key("trainPolicy", 1, {"seed": 1})


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "store")


def record(output: object, seconds: float = 1.5) -> StepRecord:
    return StepRecord.model_validate(
        {"key": KEY, "step": "trainPolicy", "version": 1, "output": output, "seconds": seconds}
    )


def test_a_step_that_was_never_finished_has_no_record(store: ArtifactStore):
    assert find_step_record(store, KEY) is None


def test_the_first_record_wins(store: ArtifactStore):
    assert put_step_record(store, record({"loss": 0.5})) == record({"loss": 0.5})
    assert put_step_record(store, record({"loss": 0.7})) == record({"loss": 0.5})
    assert find_step_record(store, KEY) == record({"loss": 0.5})
    assert list((store.root / "tmp").iterdir()) == []


def test_a_record_is_canonical_json_under_its_key(store: ArtifactStore):
    put_step_record(store, record({"b": 2.0, "a": None}))
    assert store.step_path(KEY) == store.root / "steps" / KEY[:2] / f"{KEY}.json"
    expected = (
        f'{{"key":"{KEY}","output":{{"a":null,"b":2}},"seconds":1.5,"step":"trainPolicy",'
        '"version":1}'
    )
    assert store.step_path(KEY).read_text() == expected


@pytest.mark.parametrize("content", ["", "{}", '{"key":', "null"])
def test_a_damaged_record_is_put_aside_and_made_again(store: ArtifactStore, content: str):
    put_step_record(store, record(1))
    store.step_path(KEY).write_text(content)
    assert find_step_record(store, KEY) is None
    assert [path.read_text() for path in (store.root / "quarantine").iterdir()] == [content]
    assert put_step_record(store, record(2)) == record(2)


def test_a_record_of_another_step_counts_for_nothing(store: ArtifactStore):
    other = step_key("trainPolicy", 1, {"seed": 2})
    put_step_record(store, record(1))
    store.step_path(other).parent.mkdir(exist_ok=True)
    store.step_path(KEY).rename(store.step_path(other))
    assert find_step_record(store, other) is None


def test_a_record_whose_artifacts_are_gone_is_replaced(store: ArtifactStore):
    bundle = put_bundle(store, {"weights": b"1234"})
    lines = store.put(b"{}\n", "application/jsonl")
    first = record({"adapter": bundle.model_dump(), "all": [lines.model_dump()]}, seconds=1)
    again = first.model_copy(update={"seconds": 2.0})
    put_step_record(store, first)
    file = read_bundle_manifest(store, bundle).files["weights"]
    for sha256 in (file.sha256, bundle.sha256, lines.sha256):
        assert find_step_record(store, KEY) == first
        path = store.object_path(sha256)
        path.rename(path.with_suffix(".away"))
        assert find_step_record(store, KEY) is None
        path.with_suffix(".away").rename(path)
    store.object_path(lines.sha256).unlink()
    assert put_step_record(store, again) is again
    store.put(b"{}\n", "application/jsonl")
    assert find_step_record(store, KEY) == again


def test_the_journal_counts_work_that_was_done_twice(store: ArtifactStore):
    append_journal(store, record(1, seconds=0.5), {"round": 1}, won=True)
    append_journal(store, record(1, seconds=0.25), None, won=False)
    lines = (store.root / "journal.jsonl").read_text().splitlines()
    step = {"key": KEY, "step": "trainPolicy"}
    assert [json.loads(line) for line in lines] == [
        step | {"label": {"round": 1}, "seconds": 0.5, "won": True},
        step | {"label": None, "seconds": 0.25, "won": False},
    ]
