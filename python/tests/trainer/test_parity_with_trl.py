"""The step against plain TRL on the same pairs: loss and adapter within 1e-5.

TRL reads text; the tiny tokenizer has one token a word, so both see the same token ids. TRL's
"sft" loss is a mean over the tokens of a device batch, which at one pair a device batch is the
mean per sequence; gradient accumulation makes the mini-batch.
"""

from pathlib import Path
from typing import get_args

import pytest
import torch
from datasets import Dataset
from peft import PeftModel
from safetensors.torch import load_file
from tiny_campaign import make_job, make_options, make_pairs, put_pairs
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl.trainer.dpo_config import DPOConfig
from trl.trainer.dpo_trainer import DPOTrainer

from laser.artifact_store import ArtifactStore, materialise_bundle
from laser.contract import ArtifactRef, BaseModel, LossType, TrainingMetrics, TrainingOptions
from laser.trainer.adapter_bundle import put_adapter
from laser.trainer.job_runner import JobRunner
from laser.trainer.policy_model import PolicyModel

TOLERANCE = 1e-5


def train_with_trl(
    base: BaseModel, adapter: Path, pairs: list[dict], options: TrainingOptions, folder: Path
) -> tuple[list[dict], dict[str, torch.Tensor]]:
    """TRL's log entry per optimiser step, and the adapter it ends with."""
    loss_types = [options.loss_type, *(["sft"] if options.nll_weight else [])]
    model = PeftModel.from_pretrained(
        AutoModelForCausalLM.from_pretrained(base.path, dtype=torch.float32),
        str(adapter),
        is_trainable=True,
    )
    trainer = DPOTrainer(
        model=model,  # pyright: ignore[reportArgumentType]
        args=DPOConfig(
            output_dir=str(folder),
            loss_type=loss_types,
            loss_weights=[1.0, options.nll_weight][: len(loss_types)],
            beta=options.beta,
            label_smoothing=options.label_smoothing,
            f_divergence_type=options.f_divergence_type,
            learning_rate=options.learning_rate,
            lr_scheduler_type="constant",
            weight_decay=options.weight_decay,
            max_grad_norm=options.max_grad_norm,
            per_device_train_batch_size=1,
            gradient_accumulation_steps=options.mini_batch_size,
            train_sampling_strategy="sequential",
            num_train_epochs=1,
            max_length=options.max_length,
            logging_steps=1,
            bf16=False,
            gradient_checkpointing=False,
            use_cpu=True,
            save_strategy="no",
            report_to="none",
            disable_tqdm=True,
        ),
        train_dataset=Dataset.from_list(
            [
                {
                    "prompt": pair["prompt"],
                    "chosen": " " + pair["chosen"],
                    "rejected": " " + pair["rejected"],
                }
                for pair in pairs
            ]
        ),
        processing_class=AutoTokenizer.from_pretrained(base.path),
    )
    trainer.train()
    trainer.save_model(str(folder / "final"))
    logged = [entry for entry in trainer.state.log_history if "loss" in entry]
    return logged, load_file(folder / "final" / "adapter_model.safetensors")


def random_adapter(store: ArtifactStore, base: BaseModel) -> ArtifactRef:
    """An adapter as after some training: neither of its factors is zero."""
    job = make_job(base, put_pairs(store, make_pairs(0)))
    model = PolicyModel(base, job.lora)
    torch.manual_seed(5)
    model.initialise()
    weights = {
        name: tensor + 0.02 * torch.randn(tensor.shape) for name, tensor in model.weights().items()
    }
    return put_adapter(store, weights, base, job.lora)


SMOOTHED = {"robust": 0.1, "exo_pair": 1e-3}
LOSSES = [
    pytest.param({"nllWeight": 0.0, "maxLength": 12}, id="sigmoid, completions cut"),
    *(
        pytest.param(
            {"lossType": loss, "beta": 0.3, "nllWeight": 0.5, "labelSmoothing": smoothed},
            id=f"{loss}+nll",
        )
        for loss in get_args(LossType)
        for smoothed in [SMOOTHED.get(loss, 0.0)]
    ),
    *(
        pytest.param({"nllWeight": 0.0, "lossType": loss, "fDivergenceType": divergence})
        for loss, divergence in [("sigmoid", "forward_kl"), ("ipo", "js_divergence")]
    ),
]


@pytest.mark.parametrize("changes", LOSSES)
def test_same_loss_and_adapter_as_trl(
    base: BaseModel, store: ArtifactStore, runner: JobRunner, tmp_path: Path, changes: dict
):
    options = make_options(learningRate=2e-4, miniBatchSize=4, maxGradNorm=0.5, **changes)
    pairs = make_pairs(17, prompts=6, pairs_per_prompt=2)
    adapter = random_adapter(store, base)
    job = make_job(base, put_pairs(store, pairs), reference=adapter, options=options)
    answer = runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)
    metrics = TrainingMetrics.model_validate(answer["output"]["metrics"])
    ours = load_file(
        materialise_bundle(store, ArtifactRef.model_validate(answer["output"]["adapter"]))
        / "adapter_model.safetensors"
    )

    logged, theirs = train_with_trl(
        base, materialise_bundle(store, adapter), pairs, options, tmp_path / "trl"
    )

    assert len(logged) == metrics.optimizer_steps == 3
    for name, key in {
        "loss": "loss",
        "rewards_chosen": "rewards/chosen",
        "rewards_rejected": "rewards/rejected",
        "rewards_margins": "rewards/margins",
        "rewards_accuracies": "rewards/accuracies",
    }.items():
        expected = sum(float(entry[key]) for entry in logged) / len(logged)
        assert getattr(metrics, name) == pytest.approx(expected, abs=TOLERANCE), name
    for name, key in {
        "grad_norm": "grad_norm",
        "logps_chosen": "logps/chosen",
        "logps_rejected": "logps/rejected",
    }.items():
        expected = sum(float(entry[key]) for entry in logged) / len(logged)
        assert getattr(metrics, name) == pytest.approx(expected, rel=TOLERANCE), name
    assert metrics.tokens == logged[-1]["num_tokens"]
    before = load_file(materialise_bundle(store, adapter) / "adapter_model.safetensors")
    assert ours.keys() == theirs.keys()
    for name, tensor in ours.items():
        torch.testing.assert_close(tensor, theirs[name], rtol=0, atol=TOLERANCE)
        assert (tensor - before[name]).abs().max() > 20 * TOLERANCE, "training moved it"
