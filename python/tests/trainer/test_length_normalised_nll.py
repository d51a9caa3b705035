"""The loss terms against log-probabilities from plain transformers, one sequence at a time."""

import math

import pytest
import torch
from tiny_campaign import make_job, make_options, make_pairs, put_pairs
from transformers import AutoModelForCausalLM

from laser.artifact_store import ArtifactStore
from laser.contract import ArtifactRef, BaseModel, PairLoss, TrainingMetrics
from laser.trainer.job_runner import JobRunner


def token_nlls(model, prompt: list[int], completion: list[int]) -> list[float]:
    """-log π of each completion token, nats, by the definition."""
    with torch.no_grad():
        logits = model(torch.tensor([prompt + completion])).logits[0].double()
    values = []
    for offset, token in enumerate(completion):
        row = logits[len(prompt) + offset - 1]
        values.append(float(torch.logsumexp(row, 0) - row[token]))
    return values


def test_nll_is_a_mean_per_sequence_and_then_over_pairs(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    pairs = make_pairs(3, prompts=5, pairs_per_prompt=3)
    options = make_options(miniBatchSize=len(pairs), nllWeight=0.7)
    job = make_job(base, put_pairs(store, pairs), options=options)
    output = runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)["output"]
    metrics = TrainingMetrics.model_validate(output["metrics"])

    plain = AutoModelForCausalLM.from_pretrained(base.path, dtype=torch.float32)
    nlls = [token_nlls(plain, pair["promptTokenIds"], pair["chosenTokenIds"]) for pair in pairs]
    per_pair = [sum(values) / len(values) for values in nlls]
    per_token = sum(map(sum, nlls)) / sum(map(len, nlls))

    expected = sum(per_pair) / len(pairs)
    assert metrics.nll_loss == pytest.approx(expected, abs=1e-5)
    assert abs(per_token - expected) > 1e-3, "the pairs must tell the two means apart"
    assert metrics.preference_loss == pytest.approx(math.log(2), abs=1e-7)
    assert metrics.loss == pytest.approx(math.log(2) + 0.7 * expected, abs=1e-5)
    assert metrics.logps_chosen == pytest.approx(-sum(map(sum, nlls)) / len(pairs), rel=1e-6)
    assert metrics.tokens == sum(
        2 * len(pair["promptTokenIds"])
        + len(pair["chosenTokenIds"])
        + len(pair["rejectedTokenIds"])
        for pair in pairs
    )

    losses = ArtifactRef.model_validate(output["pairLosses"])
    lines = [PairLoss.model_validate_json(line) for line in store.get(losses).splitlines()]
    assert [line.pair for line in lines] == list(range(15))
    assert [line.prompt_id for line in lines] == [pair["promptId"] for pair in pairs]
    for line, nll in zip(lines, per_pair, strict=True):
        assert line.nll_loss == pytest.approx(nll, abs=1e-5)
        assert line.preference_loss == pytest.approx(math.log(2), abs=1e-7)
        assert line.loss == pytest.approx(math.log(2) + 0.7 * nll, abs=1e-5)


def test_weight_zero_is_dpo_alone(base: BaseModel, store: ArtifactStore, runner: JobRunner):
    job = make_job(
        base, put_pairs(store, make_pairs(4)), options=make_options(nllWeight=0, miniBatchSize=8)
    )
    output = runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)["output"]
    assert output["metrics"]["loss"] == output["metrics"]["preferenceLoss"]
    assert output["metrics"]["nllLoss"] > 0


def test_a_policy_that_is_still_the_reference_has_no_margin(
    base: BaseModel, store: ArtifactStore, runner: JobRunner
):
    pairs = put_pairs(store, make_pairs(5, prompts=20, pairs_per_prompt=3))
    job = make_job(base, pairs, options=make_options(miniBatchSize=60))
    metrics = runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)["output"]["metrics"]
    assert metrics["rewardsChosen"] == metrics["rewardsRejected"] == 0
    assert metrics["rewardsAccuracies"] == 0
