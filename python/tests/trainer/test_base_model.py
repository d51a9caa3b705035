import shutil
from pathlib import Path

from tiny_campaign import make_job, make_pairs, put_pairs

from laser.artifact_store import ArtifactStore
from laser.contract import BaseModel
from laser.trainer.job_runner import JobRunner
from laser.trainer.model_revision import model_revision


def test_a_revision_is_over_names_and_contents(tmp_path: Path):
    (tmp_path / "b.txt").write_text("two")
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "folder").mkdir()
    # From `sha256sum` of "one", of "two", and of the canonical JSON that names them.
    assert model_revision(tmp_path) == (
        "ef2f31450da6d562f70544fb501a497e61963df18adc20ca840f3ef3aab1aacc"
    )


def test_other_files_than_the_job_names_are_refused(
    base: BaseModel, store: ArtifactStore, runner: JobRunner, tmp_path: Path
):
    folder = tmp_path / "copy"
    shutil.copytree(base.path, folder)
    named = base.model_copy(update={"path": str(folder), "revision": model_revision(folder)})
    job = make_job(named, put_pairs(store, make_pairs(1)))
    assert runner.run("trainPolicy", job.model_dump_json(), ignore)["event"] == "result"

    (folder / "generation_config.json").write_text("{}")
    answer = JobRunner(store.root, threads=1).run("trainPolicy", job.model_dump_json(), ignore)
    assert answer["failureType"] == "ConfigInvalid"
    assert named.revision in answer["message"] and model_revision(folder) in answer["message"]


def ignore(*_: object) -> None:
    return None
