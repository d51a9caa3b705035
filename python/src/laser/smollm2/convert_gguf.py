"""GGUF to a Hugging Face folder in safetensors."""

from pathlib import Path

import torch
from gguf import GGUFReader
from tokenizers import Tokenizer, pre_tokenizers
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GgufConfig,
    PreTrainedTokenizerFast,
)

from laser.smollm2.build_error import BuildError


def convert_gguf(gguf: Path, folder: Path) -> None:
    """The dequantised weights as float16, the tokenizer and its chat template."""
    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent,
        gguf_file=gguf.name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.float32,
    )
    model.config.__dict__.pop("_model_name_or_path", None)
    model.half().save_pretrained(folder)
    read = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    if not isinstance(read, PreTrainedTokenizerFast) or read.chat_template is None:
        raise BuildError(
            f"{gguf} has no byte-pair tokenizer with a chat template; delete it and run again."
        )
    scheme = GGUFReader(gguf).fields["tokenizer.ggml.pre"].contents()
    split_digits(read.backend_tokenizer, str(scheme))
    save_tokenizer(read, folder)


def split_digits(tokenizer: Tokenizer, scheme: str) -> None:
    """Makes a tokenizer split as SmolLM's own: every digit alone, then GPT-2's expression.

    transformers gives every byte-pair GGUF GPT-2's splitting, which puts the blank or line break
    before a number into another token than the model was trained with.
    """
    if scheme != "smollm":
        raise BuildError(f"The tokenizer splits by '{scheme}', not 'smollm': another model's file.")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(  # type: ignore[assignment]
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )


def save_tokenizer(read: PreTrainedTokenizerFast, folder: Path) -> None:
    """tokenizer.json, tokenizer_config.json and chat_template.jinja; no path is written."""
    PreTrainedTokenizerFast(
        tokenizer_object=read.backend_tokenizer,
        bos_token=read.bos_token,
        eos_token=read.eos_token,
        unk_token=read.unk_token,
        pad_token=read.pad_token,
        chat_template=read.chat_template,
        clean_up_tokenization_spaces=False,
    ).save_pretrained(folder)
