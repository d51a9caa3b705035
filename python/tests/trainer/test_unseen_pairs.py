"""Pairs kept out of a training step: measured before and after it, and without a trace in it."""

import math

import pytest
from tiny_campaign import make_job, make_options, make_pairs, put_pairs

from laser.artifact_store import ArtifactStore
from laser.contract import ArtifactRef, BaseModel, TrainingJob, UnseenLoss
from laser.trainer.job_runner import JobRunner


def train(runner: JobRunner, job: TrainingJob) -> dict:
    return runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)["output"]


def unseen_losses(store: ArtifactStore, output: dict) -> list[UnseenLoss]:
    ref = ArtifactRef.model_validate(output["unseenLosses"])
    return [UnseenLoss.model_validate_json(line) for line in store.get(ref).splitlines()]


def test_the_fall_is_that_of_the_preference_loss(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    pairs = put_pairs(store, make_pairs(6, prompts=4, pairs_per_prompt=2))
    options = make_options(learningRate=1e-2, nllWeight=0, miniBatchSize=8)
    first = train(runner, make_job(base, pairs, unseen=pairs, options=options))
    lines = unseen_losses(store, first)
    assert [line.pair for line in lines] == list(range(8))
    # The policy is still its reference before the first step of an iteration.
    assert all(line.before == pytest.approx(math.log(2), abs=1e-7) for line in lines)
    assert all(line.after != line.before for line in lines)
    # The next round's training loss of the same pairs, one step a round, is that after the first.
    checkpoint = ArtifactRef.model_validate(first["checkpoint"])
    again = make_job(base, pairs, unseen=pairs, checkpoint=checkpoint, options=options)
    second = train(runner, again)
    mean_after = sum(line.after for line in lines) / len(lines)
    assert second["metrics"]["preferenceLoss"] == pytest.approx(mean_after, abs=1e-6)
    befores = [line.before for line in unseen_losses(store, second)]
    assert befores == pytest.approx([line.after for line in lines], abs=1e-6)


def test_they_change_nothing_about_the_training(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    pairs = put_pairs(store, make_pairs(6))
    unseen = put_pairs(store, make_pairs(7))
    plain = train(runner, make_job(base, pairs))
    measured = train(runner, make_job(base, pairs, unseen=unseen))
    assert plain["unseenLosses"] is None
    assert {name: plain[name] for name in ("adapter", "checkpoint", "metrics", "pairLosses")} == {
        name: measured[name] for name in ("adapter", "checkpoint", "metrics", "pairLosses")
    }
