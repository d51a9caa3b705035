import json

import torch
from safetensors.torch import save

from laser.artifact_store import ArtifactStore, canonical_json, put_bundle, read_bundle
from laser.contract import ArtifactRef, BaseModel, FailureType, LoraShape
from laser.trainer.policy_model import PolicyModel, Weights
from laser.trainer.read_tensors import read_tensors
from laser.trainer.trainer_failure import TrainerFailure

WEIGHTS_FILE = "adapter_model.safetensors"
CONFIG_FILE = "adapter_config.json"


def put_adapter(
    store: ArtifactStore, weights: Weights, base: BaseModel, lora: LoraShape
) -> ArtifactRef:
    """Stores an adapter as PEFT and vLLM load it; equal weights give equal bytes everywhere."""
    return put_bundle(
        store, {WEIGHTS_FILE: weights_file(weights), CONFIG_FILE: config_file(base, lora)}
    )


def read_adapter(store: ArtifactStore, ref: ArtifactRef, model: PolicyModel) -> Weights:
    files = read_bundle(store, ref)
    what = f"Adapter {ref.sha256}"
    absent = sorted({WEIGHTS_FILE, CONFIG_FILE} - files.keys())
    if absent:
        raise TrainerFailure(FailureType.ADAPTER_REFUSED, f"{what} lacks {absent}.")
    config = json.loads(files[CONFIG_FILE])
    wanted = (model.lora.rank, model.lora.lora_alpha, sorted(model.lora.target_modules))
    found = (config.get("r"), config.get("lora_alpha"), sorted(config.get("target_modules") or []))
    if wanted != found:
        raise TrainerFailure(
            FailureType.ADAPTER_REFUSED,
            f"{what} has (rank, alpha, modules) {found}, the job asks for {wanted}; "
            "keep lora the same through a campaign.",
        )
    return read_tensors(
        files[WEIGHTS_FILE],
        weight_shapes(model),
        f"{what}, {WEIGHTS_FILE}",
        FailureType.ADAPTER_REFUSED,
    )


def weights_file(weights: Weights) -> bytes:
    return save(weights, metadata={"format": "pt"})


def config_file(base: BaseModel, lora: LoraShape) -> bytes:
    """PEFT's LoraConfig as canonical JSON: no path, no version, nothing that varies."""
    return canonical_json(
        {
            "base_model_name_or_path": base.name,
            "bias": "none",
            "fan_in_fan_out": False,
            "inference_mode": True,
            "init_lora_weights": True,
            "lora_alpha": lora.lora_alpha,
            "lora_dropout": 0,
            "modules_to_save": None,
            "peft_type": "LORA",
            "r": lora.rank,
            "target_modules": sorted(lora.target_modules),
            "task_type": "CAUSAL_LM",
            "use_dora": False,
            "use_rslora": False,
        }
    )


def weight_shapes(model: PolicyModel) -> dict[str, tuple[tuple[int, ...], torch.dtype]]:
    return {name: (tuple(p.shape), torch.float32) for name, p in model.parameters.items()}
