"""LoRA adapters by name: load, unload, and put one in force for a computation."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import torch
from peft import LoraConfig, LoraModel, PeftModel, set_peft_model_state_dict

from laser.server.adapter_files import read_adapter_config, read_adapter_tensors
from laser.server.errors import ComputationFailed, ModelNotFound, ServerError
from laser.server.models import Adapter, ModelRegistry, ServedModel, Target

_keys = count(1)


class AdapterRequestRefused(ServerError):
    """400 of the adapter routes, which have their own error type."""

    def __init__(self, message: str):
        super().__init__(400, "InvalidUserInput", message)


def load_adapter(
    registry: ModelRegistry, name: str, path: str, base: str | None, max_rank: int
) -> str:
    """Load a PEFT folder under `name` onto `base` (default: the first generate model).

    Names are never reused while loaded and weights are never replaced in place, so a name stands
    for the same weights as long as it is listed. Returns vLLM's plain-text success.
    """
    if not name or not path:
        raise AdapterRequestRefused("Both 'lora_name' and 'lora_path' must be provided.")
    taken = registry.served(name)
    if taken is not None and taken.adapter is None:
        raise AdapterRequestRefused(
            f"The lora adapter '{name}' conflicts with a served base model."
        )
    if taken is not None:
        raise AdapterRequestRefused(
            f"The lora adapter '{name}' has already been loaded. If you want to load the adapter "
            "in place, set 'load_inplace' to True."
        )
    model = registry.find(base, "generate", "LoRA adapters").model
    folder = Path(path)
    if not (folder / "adapter_config.json").is_file():
        raise ModelNotFound(f"Loading lora {name} failed: No adapter found for {path}")
    config = read_adapter_config(folder, max_rank)
    tensors = read_adapter_tensors(model, folder)
    adapter = Adapter(name, path, f"adapter{next(_keys)}")
    _attach(model, adapter, config, tensors)
    model.adapters[name] = adapter
    return f"Success: LoRA adapter '{name}' added successfully."


def unload_adapter(registry: ModelRegistry, name: str) -> str:
    """Forget an adapter and free its memory. Returns vLLM's plain-text success."""
    if not name:
        raise AdapterRequestRefused("'lora_name' needs to be provided to unload a LoRA adapter.")
    target = registry.served(name)
    if target is None or target.adapter is None:
        raise ModelNotFound(f"The lora adapter '{name}' cannot be found.")
    del target.model.adapters[name]
    _detach(target.model, target.adapter)
    return f"Success: LoRA adapter '{name}' removed successfully."


@contextmanager
def weights_of(target: Target) -> Iterator[None]:
    """The target's weights are in force inside the block: its adapter's, or the bare base's."""
    peft, adapter = target.model.peft, target.adapter
    if adapter is not None:
        if peft is None or adapter.key not in peft.peft_config:
            raise ModelNotFound(f"The model `{adapter.name}` does not exist.", "model")
        _tuner(peft).enable_adapter_layers()
        peft.set_adapter(adapter.key, inference_mode=True)
    elif peft is not None:
        _tuner(peft).disable_adapter_layers()
    yield


def _attach(
    model: ServedModel, adapter: Adapter, config: LoraConfig, tensors: dict[str, torch.Tensor]
) -> None:
    try:
        if model.peft is None:
            model.peft = PeftModel(model.network, config, adapter.key)
        else:
            model.peft.add_adapter(adapter.key, config)
        result = set_peft_model_state_dict(model.peft, tensors, adapter.key)
    except (ValueError, RuntimeError) as error:
        _detach(model, adapter)
        raise ComputationFailed(str(error)) from error
    missing = [name for name in result.missing_keys if f".{adapter.key}." in name]
    if result.unexpected_keys or missing:
        _detach(model, adapter)
        raise ComputationFailed(
            f"{adapter.path}: adapter_config.json and adapter_model.safetensors disagree; tensors "
            f"missing for {missing}, not in the configuration {result.unexpected_keys}"
        )
    model.peft.eval()


def _detach(model: ServedModel, adapter: Adapter) -> None:
    """Free the adapter's tensors; with the last one gone the base is unwrapped again."""
    peft = model.peft
    if peft is None or adapter.key not in peft.peft_config:
        return
    remaining = next((key for key in peft.peft_config if key != adapter.key), None)
    if remaining is None:
        _tuner(peft).unload()
        model.peft = None
    else:
        peft.set_adapter(remaining, inference_mode=True)
        peft.delete_adapter(adapter.key)


def _tuner(peft: PeftModel) -> LoraModel:
    assert isinstance(peft.base_model, LoraModel)
    return peft.base_model
