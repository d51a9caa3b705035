import math
import re
from collections.abc import Mapping
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

from laser.contract import BaseModel, FailureType, LoraShape, Precision
from laser.trainer.model_revision import model_revision
from laser.trainer.trainer_failure import TrainerFailure

ADAPTER_NAME = "default"
SHA256 = re.compile(r"[0-9a-f]{64}")
Weights = dict[str, torch.Tensor]


class PolicyModel:
    """The frozen base model with one LoRA adapter whose weights are put in and read out.

    Weights are float32 under PEFT's file names, whatever the base is in: bfloat16 if asked for,
    else float32 on a CPU, and on a GPU what its files hold. The adapter starts as zeros, which is
    the base model itself.
    """

    def __init__(self, base: BaseModel, lora: LoraShape, precision: Precision = "float32") -> None:
        self.revision = base.revision
        self.lora = lora
        self.precision: Precision = precision
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = add_lora(load_base(base, self.device, precision), base, lora)
        self.parameters: dict[str, torch.nn.Parameter] = {
            file_name(name): parameter
            for name, parameter in sorted(self.model.named_parameters())
            if parameter.requires_grad
        }
        self.vocabulary = int(self.model.get_input_embeddings().weight.shape[0])
        self.load(None)

    def logits(self, inputs: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        """Token ids [n, width] to logits [n, len(positions), vocabulary]."""
        output = self.model(
            input_ids=inputs.to(self.device),
            logits_to_keep=positions.to(self.device),
            use_cache=False,
        )
        return output.logits

    def load(self, weights: Mapping[str, torch.Tensor] | None) -> None:
        """Copies `weights` into the adapter; None makes it the base model. Names must match."""
        with torch.no_grad():
            for name, parameter in self.parameters.items():
                if weights is None:
                    parameter.zero_()
                else:
                    parameter.copy_(weights[name])

    def initialise(self) -> None:
        """Fresh LoRA from torch's generator: A Kaiming-uniform, B zero, as PEFT's default."""
        with torch.no_grad():
            for name, parameter in self.parameters.items():
                if ".lora_A." in name:
                    fresh = torch.empty(parameter.shape, dtype=torch.float32)
                    torch.nn.init.kaiming_uniform_(fresh, a=math.sqrt(5))
                    parameter.copy_(fresh)
                else:
                    parameter.zero_()

    def weights(self) -> Weights:
        """A copy of the adapter on the CPU."""
        return {name: p.detach().to("cpu", copy=True) for name, p in self.parameters.items()}


def load_base(base: BaseModel, device: torch.device, precision: Precision) -> torch.nn.Module:
    check_revision(base)
    unasked = torch.float32 if device.type == "cpu" else "auto"
    dtype = torch.bfloat16 if precision == "bfloat16" else unasked
    try:
        model = AutoModelForCausalLM.from_pretrained(base.path, revision=base.revision, dtype=dtype)
    except (OSError, ValueError) as error:
        raise TrainerFailure(
            FailureType.MODEL_NOT_FOUND,
            f"Base model {base.name}: transformers cannot load {base.path} (revision "
            f"{base.revision}): {error}. Give baseModel.path a folder with config.json and "
            "safetensors, or a hub id.",
        ) from error
    with torch.no_grad():
        for parameter in model.parameters():
            # Memory-mapped weights lie at any address; sums in the kernels depend on alignment.
            parameter.data = parameter.data.clone(memory_format=torch.contiguous_format)
    return torch.nn.Module.to(model, device)


def check_revision(base: BaseModel) -> None:
    """A folder must be the one that the job's results are filed under."""
    if not SHA256.fullmatch(base.revision) or not Path(base.path).is_dir():
        return
    found = model_revision(Path(base.path))
    if found != base.revision:
        raise TrainerFailure(
            FailureType.CONFIG_INVALID,
            f"Base model {base.name}: the files in {base.path} are revision {found}, the job is "
            f"for {base.revision}; give this worker the same files, or start the campaign anew.",
        )


def add_lora(model: torch.nn.Module, base: BaseModel, lora: LoraShape) -> PeftModel:
    config = LoraConfig(
        r=lora.rank,
        lora_alpha=lora.lora_alpha,  # pyright: ignore[reportArgumentType]
        target_modules=list(lora.target_modules),
        lora_dropout=0.0,
        bias="none",
        task_type="CAUSAL_LM",
    )
    try:
        adapted = get_peft_model(model, config, adapter_name=ADAPTER_NAME)  # pyright: ignore
    except ValueError as error:
        raise TrainerFailure(
            FailureType.CONFIG_INVALID,
            f"Base model {base.name} cannot take LoRA on {lora.target_modules}: {error} "
            "Correct lora.targetModules.",
        ) from error
    adapted.eval()
    assert isinstance(adapted, PeftModel)
    return adapted


def file_name(parameter_name: str) -> str:
    """PEFT's name of a LoRA weight in adapter_model.safetensors: without the adapter's name."""
    return parameter_name.replace(f".{ADAPTER_NAME}.", ".")
