"""Reading a PEFT LoRA folder: safetensors only, and only what the server can honour."""

import json
import re
from pathlib import Path
from typing import Any, cast

import torch
from peft import LoraConfig
from safetensors.torch import load_file
from torch import nn

from laser.server.errors import ComputationFailed
from laser.server.models import ServedModel

_TENSOR = re.compile(
    r"^base_model\.model\.(?P<module>.+)\.lora_(?:embedding_)?(?P<side>[AB])(?:\.weight)?$"
)
_STARTS_THAT_KEEP_THE_BASE = {"gaussian", "eva", "orthogonal", "mica", "lora_ga"}
_UNSUPPORTED = {
    "modules_to_save": "modules_to_save",
    "use_dora": "DoRA",
    "lora_bias": "LoRA bias (lora_bias)",
    "alora_invocation_tokens": "Activated LoRA (aLoRA)",
    "layer_replication": "layer_replication",
    "use_bdlora": "block-diagonal LoRA (BD-LoRA)",
    "use_qalora": "QALoRA",
}


def read_adapter_config(folder: Path, max_rank: int) -> LoraConfig:
    """The configuration, or 500 (as vLLM answers) when the server cannot honour it."""
    text = (folder / "adapter_config.json").read_text(encoding="utf-8")
    raw: dict[str, Any] = json.loads(text)
    missing = {"r", "lora_alpha", "target_modules"} - raw.keys()
    if missing:
        raise ComputationFailed(f"Missing required configuration fields: {missing}")
    problems = [
        f"vLLM does not yet support {feature}."
        for name, feature in _UNSUPPORTED.items()
        if raw.get(name)
    ]
    if raw.get("peft_type", "LORA") != "LORA":
        problems.append(f"peft_type {raw['peft_type']} is not LORA.")
    start = raw.get("init_lora_weights", True)
    if isinstance(start, str) and start.lower() not in _STARTS_THAT_KEEP_THE_BASE:
        problems.append(f"vLLM does not support init_lora_weights={start!r}.")
    rank = max([raw["r"], *(raw.get("rank_pattern") or {}).values()])
    if rank > max_rank:
        problems.append(f"LoRA rank {rank} is greater than max_lora_rank {max_rank}.")
    if raw.get("bias", "none") != "none":
        problems.append("Adapter bias is not supported.")
    if problems:
        raise ComputationFailed(" ".join(problems))
    plain = {**raw, "inference_mode": True, "init_lora_weights": True}
    return cast(LoraConfig, LoraConfig.from_peft_type(**plain))


def read_adapter_tensors(model: ServedModel, folder: Path) -> dict[str, torch.Tensor]:
    """The tensors, or 500 unless each belongs to a module of the base and has its width."""
    path = folder / "adapter_model.safetensors"
    if not path.is_file():
        raise ComputationFailed(
            f"{folder} doesn't contain tensors: save the adapter as adapter_model.safetensors "
            "(.bin and .pt are pickles and are never read)"
        )
    tensors = load_file(path)
    modules = {
        name.removesuffix(".base_layer"): module
        for name, module in model.network.named_modules()
        if isinstance(module, nn.Linear | nn.Embedding) and ".lora_" not in name
    }
    unexpected: list[str] = []
    for name, tensor in tensors.items():
        match = _TENSOR.match(name)
        module = modules.get(match["module"]) if match else None
        if match is None or module is None:
            unexpected.append(match["module"] if match else name)
        elif isinstance(module, nn.Linear):
            width = module.in_features if match["side"] == "A" else module.out_features
            held = tensor.shape[1] if match["side"] == "A" else tensor.shape[0]
            if held != width:
                raise ComputationFailed(
                    f"While loading {folder}, {name} is {held} wide but {match['module']} of "
                    f"model '{model.name}' is {width}: the adapter belongs to another base model"
                )
    if unexpected:
        expected = sorted({name.rsplit(".", 1)[-1] for name in modules})
        raise ComputationFailed(
            f"While loading {folder}, expected target modules in {expected} but received "
            f"{unexpected}. Please verify that the loaded LoRA module is correct"
        )
    return tensors
