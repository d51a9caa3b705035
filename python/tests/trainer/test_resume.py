"""However a campaign's rounds are spread over processes and restarts, the bytes are the same."""

import json
from pathlib import Path

from tiny_campaign import make_job, make_options, make_pairs, put_pairs

from laser.artifact_store import ArtifactStore, read_bundle_manifest
from laser.contract import ArtifactRef, BaseModel, FingerprintJob, StepLabel
from laser.trainer.job_runner import JobRunner
from laser.trainer.resident_trainer import ResidentTrainer

ROUNDS = 4


def run_rounds(base: BaseModel, store: ArtifactStore, run_round) -> list[dict]:
    """An iteration from a fresh adapter, then the first rounds of the next on its policy."""
    outputs: list[dict] = []
    reference = checkpoint = None
    for number in range(ROUNDS):
        if number == ROUNDS // 2:
            reference, checkpoint = ArtifactRef.model_validate(outputs[-1]["adapter"]), None
        job = make_job(
            base,
            put_pairs(store, make_pairs(100 + number)),
            reference=reference,
            checkpoint=checkpoint,
            options=make_options(miniBatchSize=3),
            round_number=number + 1,
        )
        outputs.append(run_round(job))
        checkpoint = ArtifactRef.model_validate(outputs[-1]["checkpoint"])
    return outputs


def test_a_new_process_each_round_is_one_process_for_all(
    base: BaseModel, tmp_path: Path, source_on_path: None
):
    one, many = ArtifactStore(tmp_path / "one"), ArtifactStore(tmp_path / "many")

    resident = ResidentTrainer(one.root)
    together = run_rounds(
        base, one, lambda job: resident.run("trainPolicy", job.model_dump_json(), lambda _: None)
    )
    resident.kill()

    def in_a_new_process(job):
        fresh = ResidentTrainer(many.root)
        try:
            return fresh.run("trainPolicy", job.model_dump_json(), lambda _: None)
        finally:
            fresh.kill()

    apart = run_rounds(base, many, in_a_new_process)

    assert together == apart
    assert len({output["adapter"]["sha256"] for output in together}) == ROUNDS


def test_other_work_in_between_changes_nothing(base: BaseModel, tmp_path: Path):
    quiet, busy = ArtifactStore(tmp_path / "quiet"), ArtifactStore(tmp_path / "busy")
    undisturbed, disturbed = JobRunner(quiet.root, threads=1), JobRunner(busy.root, threads=1)

    def disturbed_round(job):
        probe = FingerprintJob(
            label=StepLabel(campaign_id="other", iteration=0, round=0),
            base_model=base,
            lora=job.lora,
            adapter=job.reference_policy,
            probes=[[4, 5, 6]],
        )
        output = run_job(disturbed, job)
        assert disturbed.run("fingerprintPolicy", probe.model_dump_json(), ignore)
        other = make_job(base, put_pairs(busy, make_pairs(999)), reference=job.reference_policy)
        run_job(disturbed, other)
        return output

    assert run_rounds(base, quiet, lambda job: run_job(undisturbed, job)) == run_rounds(
        base, busy, disturbed_round
    )


def test_going_on_in_memory_reads_neither_checkpoint_nor_base(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    first = run_job(runner, make_job(base, put_pairs(store, make_pairs(1))))
    model = runner.model
    checkpoint = ArtifactRef.model_validate(first["checkpoint"])
    manifest = read_bundle_manifest(store, checkpoint)
    store.object_path(manifest.files["optimizer.safetensors"].sha256).unlink()
    continued = make_job(base, put_pairs(store, make_pairs(2)), checkpoint=checkpoint)

    assert run_job(runner, continued)["checkpoint"] != first["checkpoint"]
    assert runner.model is model

    answer = JobRunner(store.root, threads=1).run(
        "trainPolicy", continued.model_dump_json(), ignore
    )
    assert answer["failureType"] == "CheckpointIncomplete"


def test_a_checkpoint_counts_its_iteration(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    outputs = run_rounds(base, store, lambda job: run_job(runner, job))
    manifest = read_bundle_manifest(store, ArtifactRef.model_validate(outputs[1]["checkpoint"]))
    state = json.loads(store.object_path(manifest.files["state.json"].sha256).read_bytes())
    done = [output["metrics"] for output in outputs[:2]]
    assert state["rounds"] == 2
    assert state["tokens"] == sum(metrics["tokens"] for metrics in done)
    assert state["optimizerSteps"] == sum(metrics["optimizerSteps"] for metrics in done)


def run_job(runner: JobRunner, job) -> dict:
    answer = runner.run("trainPolicy", job.model_dump_json(), ignore)
    assert answer["event"] == "result", answer
    return answer["output"]


def ignore(*_: object) -> None:
    return None
