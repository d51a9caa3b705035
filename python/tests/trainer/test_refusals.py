"""What the trainer refuses, under which failure type, and that nothing is left behind by it."""

import json

import pytest
import torch
from safetensors.torch import load, save
from tiny_campaign import LORA, make_job, make_options, make_pairs, put_pairs

from laser.artifact_store import ArtifactStore, put_bundle, read_bundle, read_bundle_manifest
from laser.contract import ArtifactRef, BaseModel, TrainingJob
from laser.trainer.adapter_bundle import put_adapter
from laser.trainer.job_runner import JobRunner


def answer_to(runner: JobRunner, job: TrainingJob) -> dict:
    return runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)


def assert_refused(
    base: BaseModel, store: ArtifactStore, checkpoint: ArtifactRef, failure_type: str, named: str
) -> None:
    """A new process refuses to continue from `checkpoint` and stores nothing."""
    job = make_job(base, put_pairs(store, make_pairs(2)), checkpoint=checkpoint)
    before = objects(store)
    answer = answer_to(JobRunner(store.root, threads=1), job)
    assert (answer["event"], answer["failureType"]) == ("failure", failure_type)
    assert named in answer["message"]
    assert objects(store) <= before


def objects(store: ArtifactStore) -> set[str]:
    return {path.name for path in (store.root / "objects").glob("*/*")}


@pytest.fixture
def checkpoint(base: BaseModel, store: ArtifactStore, runner: JobRunner) -> ArtifactRef:
    output = answer_to(runner, make_job(base, put_pairs(store, make_pairs(1))))["output"]
    return ArtifactRef.model_validate(output["checkpoint"])


def test_an_overflowing_step_is_rejected_and_the_last_good_state_goes_on(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    pairs = [put_pairs(store, make_pairs(seed)) for seed in (1, 2)]
    first = answer_to(runner, make_job(base, pairs[0]))["output"]
    good = make_job(base, pairs[1], checkpoint=ArtifactRef.model_validate(first["checkpoint"]))
    before = objects(store)

    loss_overflows = make_options(learningRate=1e30, miniBatchSize=4)
    only_the_weights_overflow = make_options(learningRate=1e39, miniBatchSize=8)
    for options in (loss_overflows, only_the_weights_overflow):
        answer = answer_to(runner, make_job(base, pairs[0], options=options))
        assert (answer["event"], answer["failureType"]) == ("failure", "NonFiniteLoss")
        assert f"learningRate ({options.learning_rate})" in answer["message"]
        assert objects(store) == before
        assert runner.held is None

    after = answer_to(runner, good)["output"]
    undisturbed = JobRunner(store.root, threads=1)
    assert answer_to(undisturbed, good)["output"] == after


@pytest.mark.parametrize("poison", [float("nan"), float("inf"), 1e38])
def test_a_poisoned_reference_is_rejected(
    base: BaseModel, store: ArtifactStore, runner: JobRunner, poison: float
):
    answer_to(runner, make_job(base, put_pairs(store, make_pairs(1))))
    assert runner.model is not None
    weights = {name: torch.full_like(w, poison) for name, w in runner.model.weights().items()}
    reference = put_adapter(store, weights, base, LORA)
    job = make_job(base, put_pairs(store, make_pairs(2)), reference=reference)
    before = objects(store)
    assert answer_to(runner, job)["failureType"] == "NonFiniteLoss"
    assert objects(store) == before


@pytest.mark.parametrize(
    "name", ["adapter_model.safetensors", "optimizer.safetensors", "rng.safetensors", "state.json"]
)
def test_a_checkpoint_without_one_of_its_files_is_refused(
    base: BaseModel, store: ArtifactStore, checkpoint: ArtifactRef, name: str
):
    files = read_bundle(store, checkpoint)
    del files[name]
    assert_refused(base, store, put_bundle(store, files), "CheckpointIncomplete", name)


@pytest.mark.parametrize("name", ["adapter_model.safetensors", "optimizer.safetensors"])
def test_a_checkpoint_without_one_tensor_is_refused(
    base: BaseModel, store: ArtifactStore, checkpoint: ArtifactRef, name: str
):
    files = read_bundle(store, checkpoint)
    tensors = load(files[name])
    lost = sorted(tensors)[0]
    del tensors[lost]
    broken = put_bundle(store, files | {name: save(tensors)})
    assert_refused(base, store, broken, "CheckpointIncomplete", lost)


def test_a_checkpoint_with_a_tensor_of_another_shape_is_refused(
    base: BaseModel, store: ArtifactStore, checkpoint: ArtifactRef
):
    files = read_bundle(store, checkpoint)
    broken = put_bundle(store, files | {"rng.safetensors": save({"torch": torch.zeros(3)})})
    assert_refused(base, store, broken, "CheckpointIncomplete", "rng.safetensors")


@pytest.mark.parametrize("damage", ["truncated", "flipped", "removed"])
def test_a_damaged_object_of_a_checkpoint_is_refused(
    base: BaseModel, store: ArtifactStore, checkpoint: ArtifactRef, damage: str
):
    file = read_bundle_manifest(store, checkpoint).files["optimizer.safetensors"]
    path = store.object_path(file.sha256)
    data = bytearray(path.read_bytes())
    path.unlink()
    if damage == "removed":
        assert_refused(base, store, checkpoint, "CheckpointIncomplete", file.sha256)
        return
    if damage == "truncated":
        data = data[:-1]
    else:
        data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert_refused(base, store, checkpoint, "ArtifactCorrupt", file.sha256)
    assert not path.exists()


def test_a_checkpoint_of_other_options_is_refused_in_memory_and_from_the_store(
    base: BaseModel, store: ArtifactStore, runner: JobRunner, checkpoint: ArtifactRef
):
    job = make_job(
        base,
        put_pairs(store, make_pairs(2)),
        checkpoint=checkpoint,
        options=make_options(beta=0.2),
    )
    for trainer in (runner, JobRunner(store.root, threads=1)):
        answer = answer_to(trainer, job)
        assert answer["failureType"] == "ConfigInvalid"
        assert "training options" in answer["message"]


def test_an_adapter_of_another_shape_is_refused(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    output = answer_to(runner, make_job(base, put_pairs(store, make_pairs(1))))["output"]
    adapter = ArtifactRef.model_validate(output["adapter"])
    job = make_job(base, put_pairs(store, make_pairs(2)), reference=adapter)
    wider = job.model_copy(update={"lora": LORA.model_copy(update={"rank": 8})})
    assert answer_to(runner, wider)["failureType"] == "AdapterRefused"
    elsewhere = job.model_copy(
        update={"lora": LORA.model_copy(update={"target_modules": ["no_such_proj"]})}
    )
    answer = answer_to(runner, elsewhere)
    assert answer["failureType"] == "ConfigInvalid" and "no_such_proj" in answer["message"]


def test_pairs_are_cut_and_left_out_at_max_length(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    pairs = make_pairs(1)
    pairs[0]["promptTokenIds"] = [5] * 20
    job = make_job(base, put_pairs(store, pairs), options=make_options(maxLength=20))
    output = answer_to(runner, job)["output"]
    assert output["metrics"]["pairs"] == len(pairs) - 1

    none_left = make_job(base, put_pairs(store, pairs), options=make_options(maxLength=1))
    answer = answer_to(runner, none_left)
    assert answer["failureType"] == "NoPairs" and "none of the 8 pairs" in answer["message"]
    assert answer_to(runner, make_job(base, put_pairs(store, [])))["failureType"] == "NoPairs"


def test_pairs_that_are_not_as_agreed_are_refused(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    foreign = make_pairs(1)
    foreign[3]["chosenTokenIds"] = [4, 9999]
    answer = answer_to(runner, make_job(base, put_pairs(store, foreign)))
    assert answer["failureType"] == "ConfigInvalid" and "9999" in answer["message"]

    misspelt = make_pairs(1)
    misspelt[2]["promptID"] = misspelt[2].pop("promptId")
    answer = answer_to(runner, make_job(base, put_pairs(store, misspelt)))
    assert answer["failureType"] == "ConfigInvalid" and "line 3" in answer["message"]


def test_answers_are_finite_json(base: BaseModel, store: ArtifactStore, runner: JobRunner):
    answer = answer_to(runner, make_job(base, put_pairs(store, make_pairs(1))))
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
