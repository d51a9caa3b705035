"""What options change of a step, and what they must not."""

import hashlib
import json

import pytest
import torch
from safetensors.torch import load
from tiny_campaign import make_job, make_options, make_pairs, put_pairs

from laser.artifact_store import ArtifactStore, canonical_json, put_bundle, read_bundle
from laser.contract import ArtifactRef, BaseModel, PairLoss, TrainingJob, TrainingMetrics
from laser.trainer.job_runner import JobRunner


def train(runner: JobRunner, job: TrainingJob) -> dict:
    answer = runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)
    assert answer["event"] == "result", answer
    return answer["output"]


def tensors(store: ArtifactStore, output: dict, name: str, file: str) -> dict[str, torch.Tensor]:
    return load(read_bundle(store, ArtifactRef.model_validate(output[name]))[file])


def adapter(store: ArtifactStore, output: dict) -> dict[str, torch.Tensor]:
    return tensors(store, output, "adapter", "adapter_model.safetensors")


def metrics(output: dict) -> TrainingMetrics:
    return TrainingMetrics.model_validate(output["metrics"])


def checkpoint(output: dict) -> ArtifactRef:
    return ArtifactRef.model_validate(output["checkpoint"])


@pytest.mark.parametrize("size", [1, 3])
def test_micro_batches_give_the_mini_batch_s_step(
    base: BaseModel, store: ArtifactStore, runner: JobRunner, size: int
):
    pairs = put_pairs(store, make_pairs(8, prompts=8))
    options = {"miniBatchSize": 8, "nllWeight": 0.5, "lossType": "robust", "labelSmoothing": 0.1}
    whole = train(runner, make_job(base, pairs, options=make_options(**options)))
    micro = make_options(**options, microBatchSize=size)
    gathered = train(runner, make_job(base, pairs, options=micro))
    expected, found = metrics(whole), metrics(gathered)
    assert found.optimizer_steps == expected.optimizer_steps == 2
    for name in ("loss", "preference_loss", "nll_loss", "grad_norm"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-6), name
    for name, tensor in adapter(store, gathered).items():
        torch.testing.assert_close(tensor, adapter(store, whole)[name], rtol=0, atol=1e-5)


def test_bfloat16_is_near_float32_and_resumes_to_the_same_bytes(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    pairs = [put_pairs(store, make_pairs(seed, prompts=8)) for seed in (1, 2)]
    half = make_options(precision="bfloat16")
    exact = train(runner, make_job(base, pairs[0]))
    first = train(runner, make_job(base, pairs[0], options=half))
    assert first["adapter"] != exact["adapter"]
    assert metrics(first).loss == pytest.approx(metrics(exact).loss, rel=0.02)
    moments = tensors(store, first, "checkpoint", "optimizer.safetensors")
    for tensor in [*adapter(store, first).values(), *moments.values()]:
        assert tensor.dtype == torch.float32
        assert bool(torch.isfinite(tensor).all())

    second = make_job(base, pairs[1], checkpoint=checkpoint(first), options=half)
    in_memory = train(runner, second)
    assert train(JobRunner(store.root, threads=1), second) == in_memory


def test_an_iteration_goes_on_with_the_moments_of_the_one_before(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    before = train(runner, make_job(base, put_pairs(store, make_pairs(1))))
    reference = ArtifactRef.model_validate(before["adapter"])
    pairs = put_pairs(store, make_pairs(2))
    fresh = train(runner, make_job(base, pairs, reference=reference))
    job = make_job(base, pairs, reference=reference, carried=checkpoint(before))
    carried = train(runner, job)
    assert train(JobRunner(store.root, threads=1), job) == carried

    # Both start from the reference; only what AdamW remembers differs.
    losses = [
        [PairLoss.model_validate_json(line) for line in store.get(ref).splitlines()]
        for output in (fresh, carried)
        for ref in [ArtifactRef.model_validate(output["pairLosses"])]
    ]
    size = job.options.mini_batch_size
    assert losses[0][:size] == losses[1][:size]
    assert losses[0][size:] != losses[1][size:]
    steps = tensors(store, carried, "checkpoint", "optimizer.safetensors")
    counts = {int(tensor) for name, tensor in steps.items() if name.endswith(".step")}
    assert counts == {metrics(before).optimizer_steps + metrics(carried).optimizer_steps}
    state = read_bundle(store, checkpoint(carried))["state.json"]
    assert json.loads(state)["optimizerSteps"] == metrics(carried).optimizer_steps

    # An iteration may train otherwise than the one whose moments it takes over.
    changed = job.model_copy(update={"options": make_options(beta=0.3)})
    assert train(runner, changed)["adapter"] != carried["adapter"]


def test_the_learning_rate_may_change_within_an_iteration(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    first = train(runner, make_job(base, put_pairs(store, make_pairs(1))))
    pairs = put_pairs(store, make_pairs(2))
    slower = make_options(learningRate=make_options().learning_rate / 2)
    job = make_job(base, pairs, checkpoint=checkpoint(first), options=slower)
    in_memory = train(runner, job)
    assert train(JobRunner(store.root, threads=1), job) == in_memory
    as_before = train(runner, make_job(base, pairs, checkpoint=checkpoint(first)))
    assert as_before["adapter"] != in_memory["adapter"]


def test_a_checkpoint_of_format_1_is_gone_on_from(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    before = make_job(base, put_pairs(store, make_pairs(1)))
    first = train(runner, before)
    files = read_bundle(store, checkpoint(first))
    old = ("lossType", "beta", "nllWeight", "learningRate", "weightDecay", "maxGradNorm")
    options = before.options.model_dump()
    fixed = {
        "baseModel": {"name": base.name, "revision": base.revision},
        "lora": before.lora.model_dump(),
        "options": {name: options[name] for name in (*old, "miniBatchSize", "maxLength")},
    }
    continuation = hashlib.sha256(canonical_json(fixed)).hexdigest()
    state = json.loads(files["state.json"]) | {"formatVersion": 1, "continuation": continuation}
    stored = put_bundle(store, files | {"state.json": canonical_json(state)})
    pairs = put_pairs(store, make_pairs(2))
    going_on = train(runner, make_job(base, pairs, checkpoint=stored))
    assert going_on == train(runner, make_job(base, pairs, checkpoint=checkpoint(first)))
