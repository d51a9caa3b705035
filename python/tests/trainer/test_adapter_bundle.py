"""An adapter's files are PEFT's: PEFT reads ours to the same function, and we read PEFT's."""

import json
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file
from tiny_campaign import LORA, make_job, make_options, make_pairs, put_pairs
from transformers import AutoModelForCausalLM

from laser.artifact_store import ArtifactStore, materialise_bundle, put_bundle, read_bundle
from laser.contract import ArtifactRef, BaseModel, FingerprintJob, StepLabel
from laser.trainer.job_runner import JobRunner

PROBES = [[5, 6, 7, 8], [9, 10], [3, 3, 3, 3, 3, 2]]


def plain(base: BaseModel):
    return AutoModelForCausalLM.from_pretrained(base.path, dtype=torch.float32)


def fingerprint(runner: JobRunner, base: BaseModel, adapter: ArtifactRef | None) -> list[float]:
    job = FingerprintJob(
        label=StepLabel(campaign_id="tiny", iteration=1, round=1),
        base_model=base,
        lora=LORA,
        adapter=adapter,
        probes=PROBES,
    )
    answer = runner.run("fingerprintPolicy", job.model_dump_json(), lambda *_: None)
    return answer["output"]["logprobs"]


def logprobs(model) -> list[float]:
    sums = []
    for probe in PROBES:
        with torch.no_grad():
            logps = model(torch.tensor([probe])).logits[0].double().log_softmax(-1)
        sums.append(sum(float(logps[i, token]) for i, token in enumerate(probe[1:])))
    return sums


@pytest.fixture
def adapter(base: BaseModel, store: ArtifactStore, runner: JobRunner) -> ArtifactRef:
    job = make_job(base, put_pairs(store, make_pairs(1)), options=make_options(learningRate=3e-2))
    answer = runner.run("trainPolicy", job.model_dump_json(), lambda *_: None)
    return ArtifactRef.model_validate(answer["output"]["adapter"])


def test_peft_loads_the_adapter_to_the_same_function(
    base: BaseModel, store: ArtifactStore, runner: JobRunner, adapter: ArtifactRef
):
    ours = fingerprint(runner, base, adapter)
    theirs = PeftModel.from_pretrained(plain(base), str(materialise_bundle(store, adapter)))
    assert ours == pytest.approx(logprobs(theirs), abs=1e-4)
    untrained = fingerprint(runner, base, None)
    assert untrained == pytest.approx(logprobs(plain(base)), abs=1e-4)
    assert max(abs(a - b) for a, b in zip(ours, untrained, strict=True)) > 0.01


def test_file_and_tensor_names_are_those_of_save_pretrained(
    base: BaseModel, store: ArtifactStore, adapter: ArtifactRef, tmp_path: Path
):
    config = LoraConfig(
        r=LORA.rank,
        lora_alpha=int(LORA.lora_alpha),
        target_modules=LORA.target_modules,
        task_type="CAUSAL_LM",
    )
    torch.manual_seed(11)
    model = get_peft_model(plain(base), config)
    model.save_pretrained(str(tmp_path), save_embedding_layers=False)
    saved = load_file(tmp_path / "adapter_model.safetensors")
    folder = materialise_bundle(store, adapter)
    ours = load_file(folder / "adapter_model.safetensors")
    assert {name: tensor.shape for name, tensor in ours.items()} == {
        name: tensor.shape for name, tensor in saved.items()
    }
    assert {tensor.dtype for tensor in ours.values()} == {torch.float32}
    written = json.loads((folder / "adapter_config.json").read_text())
    theirs = json.loads((tmp_path / "adapter_config.json").read_text())
    differing = {name for name, value in written.items() if theirs[name] != value}
    assert differing <= {"base_model_name_or_path", "target_modules"}
    assert written["base_model_name_or_path"] == base.name
    assert written["target_modules"] == sorted(theirs["target_modules"])


def test_a_fresh_adapter_is_the_base_model_and_depends_on_the_seed_alone(
    base: BaseModel, runner: JobRunner
):
    model = runner.model_for(base, LORA)

    def fresh(seed: int) -> dict[str, torch.Tensor]:
        torch.manual_seed(seed)
        model.initialise()
        return model.weights()

    first, again, other = fresh(11), fresh(11), fresh(12)
    for name, tensor in first.items():
        assert torch.equal(tensor, again[name])
        if ".lora_B." in name:
            assert not tensor.any()
        else:
            bound = tensor.shape[1] ** -0.5
            assert 0.9 * bound < float(tensor.abs().max()) <= bound
            assert not torch.equal(tensor, other[name])
    assert logprobs(model.model) == logprobs(plain(base))


def test_nothing_of_the_machine_is_in_the_bytes(
    base: BaseModel, store: ArtifactStore, adapter: ArtifactRef
):
    files = read_bundle(store, adapter)
    for data in files.values():
        assert base.path.encode() not in data
    assert put_bundle(store, files) == adapter
    assert files["adapter_config.json"] == (
        b'{"base_model_name_or_path":"tiny-llama","bias":"none","fan_in_fan_out":false,'
        b'"inference_mode":true,"init_lora_weights":true,"lora_alpha":8,"lora_dropout":0,'
        b'"modules_to_save":null,"peft_type":"LORA","r":4,"target_modules":["q_proj","v_proj"],'
        b'"task_type":"CAUSAL_LM","use_dora":false,"use_rslora":false}'
    )
