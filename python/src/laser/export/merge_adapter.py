from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoConfig, AutoModelForCausalLM


def merge_adapter(base: Path, adapter: Path, out: Path, dtype: str | None) -> None:
    """Writes the base model's weights plus B·A·lora_alpha/r of the adapter, as safetensors.

    Summed in float32, the trainer's precision, then written in `dtype`; without one in that of
    the base model's files.
    """
    written = getattr(torch, dtype) if dtype else AutoConfig.from_pretrained(base).dtype
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    merged = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
    merged.to(written or torch.float32).save_pretrained(out)
