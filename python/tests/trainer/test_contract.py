import json

import pytest
from pydantic import ValidationError
from tiny_campaign import make_job, make_options

from laser.contract import ArtifactRef, BaseModel, TrainingJob, TrainingMetrics
from laser.trainer.trainer_activities import training_inputs

REF = ArtifactRef(sha256="a" * 64, bytes=1, media_type="application/jsonl")
BASE = BaseModel(name="tiny", path="models/tiny", revision="1")


def wire() -> dict:
    return json.loads(make_job(BASE, REF).model_dump_json())


def test_a_job_survives_the_wire():
    assert TrainingJob.model_validate_json(json.dumps(wire())) == make_job(BASE, REF)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("seed", "11"),
        ("seed", -1),
        ("seed", 2**53),
        ("seed", 1.5),
        ("options.beta", 0),
        ("options.beta", float("inf")),
        ("options.nllWeight", float("nan")),
        ("options.lossType", "aot"),
        ("options.labelSmoothing", 0.5),
        ("options.precision", "float16"),
        ("options.microBatchSize", 0),
        ("options.nll_weights", 1),
        ("lora.targetModules", []),
        ("pairs.sha256", "A" * 64),
        ("pairs.sha256", "a" * 64 + "\n"),
        ("label.campaignId", ""),
        ("baseModel", None),
    ],
)
def test_what_the_contract_does_not_allow_is_refused(path: str, value: object):
    job = wire()
    *folders, name = path.split(".")
    target = job
    for folder in folders:
        target = target[folder]
    target[name] = value
    with pytest.raises(ValidationError):
        TrainingJob.model_validate_json(json.dumps(job))


def test_metrics_that_are_not_finite_cannot_be_made():
    numbers = dict.fromkeys(TrainingMetrics.model_fields, 1.0)
    whole = {"tokens": 1, "pairs": 1, "optimizer_steps": 1}
    TrainingMetrics.model_validate(numbers | whole)
    with pytest.raises(ValidationError, match="finite"):
        TrainingMetrics.model_validate(numbers | whole | {"grad_norm": float("nan")})


def test_the_key_knows_neither_label_nor_path():
    job = make_job(BASE, REF)
    elsewhere = job.model_copy(
        update={
            "label": job.label.model_copy(update={"round": 7}),
            "base_model": BASE.model_copy(update={"path": "/elsewhere"}),
        }
    )
    assert training_inputs(job) == training_inputs(elsewhere)
    assert training_inputs(job).keys() == wire().keys() - {"label", "carriedOptimizer"}
    for changed in (
        {"seed": 12},
        {"options": make_options(beta=0.2)},
        {"checkpoint": REF},
        {"carried_optimizer": REF},
        {"base_model": BASE.model_copy(update={"name": "other"})},
    ):
        assert training_inputs(job.model_copy(update=changed)) != training_inputs(job)


def test_what_was_added_later_is_in_the_key_only_where_it_is_set():
    plain = make_options()
    added = {
        "labelSmoothing": (0, 0.1),
        "fDivergenceType": ("reverse_kl", "js_divergence"),
        "microBatchSize": (None, 2),
        "precision": ("float32", "bfloat16"),
    }
    # The options of the steps that are on record already.
    first = {
        *("lossType", "beta", "nllWeight", "learningRate"),
        *("weightDecay", "maxGradNorm", "miniBatchSize", "maxLength"),
    }
    assert training_inputs(make_job(BASE, REF))["options"].keys() == first
    assert plain.model_dump().keys() - first == added.keys()
    for name, (default, other) in added.items():
        explicit = make_job(BASE, REF, options=make_options(**{name: default}))
        assert training_inputs(explicit) == training_inputs(make_job(BASE, REF, options=plain))
        changed = training_inputs(make_job(BASE, REF, options=make_options(**{name: other})))
        assert changed["options"][name] == other
