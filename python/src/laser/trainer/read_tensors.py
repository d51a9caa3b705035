from collections.abc import Mapping

import torch
from safetensors import SafetensorError
from safetensors.torch import load

from laser.contract import FailureType
from laser.trainer.trainer_failure import TrainerFailure


def read_tensors(
    data: bytes,
    shapes: Mapping[str, tuple[tuple[int, ...], torch.dtype]],
    what: str,
    failure_type: FailureType,
) -> dict[str, torch.Tensor]:
    """The tensors of a safetensors file, which must be exactly those named in `shapes`."""
    try:
        # The copies are aligned as torch aligns; views into the file's bytes are not.
        tensors = {name: tensor.clone() for name, tensor in load(data).items()}
    except SafetensorError as error:
        raise TrainerFailure(failure_type, f"{what} is no safetensors file: {error}") from error
    missing = sorted(shapes.keys() - tensors.keys())
    unknown = sorted(tensors.keys() - shapes.keys())
    misshapen = sorted(
        f"{name} {tuple(tensors[name].shape)} {tensors[name].dtype} instead of {shape} {dtype}"
        for name, (shape, dtype) in shapes.items()
        if name in tensors and (tuple(tensors[name].shape) != shape or tensors[name].dtype != dtype)
    )
    if missing or unknown or misshapen:
        raise TrainerFailure(
            failure_type,
            f"{what} does not fit the model and its LoRA: missing {missing}, unknown {unknown}, "
            f"of another shape or type {misshapen}. Use the base model and lora it was made with.",
        )
    return tensors
