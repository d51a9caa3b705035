"""Tiny checkpoints that vLLM can serve too, with weights that are the same on every machine."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from peft import LoraConfig, PeftModel, get_peft_model_state_dict
from safetensors.torch import load_file, save_file
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors
from torch import nn
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from laser.export.__main__ import main as export

SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyz+-*/=?:., \n"
JSON_SYMBOLS = '{}[]"ABCDEFGHIJKLMNOPQRSTUVWXYZ_'
SPECIAL = ("<pad>", "<s>", "</s>")
CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}{{ message['role'][0] }}:"
    "{{ message['content'] }}\n{% endfor %}{% if add_generation_prompt %}a:{% endif %}"
)
WINDOW = 128
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def write_all(folder: Path) -> dict[str, Path]:
    """Policy, judge, two reward models, two adapters, one as `laser export` writes it, four faulty
    ones; their folders by name.

    A folder that is already written is left as it is, for a server may be reading it.
    """
    makers: dict[str, Callable[[Path], object]] = {
        "policy": write_policy,
        "reward": write_reward_model,
        "process-reward": lambda path: write_reward_model(path, labels=2),
        "judge": write_judge,
        "first-adapter": lambda path: write_adapter(folder / "policy", path, seed=11),
        "second-adapter": lambda path: write_adapter(folder / "policy", path, seed=12),
        "exported-adapter": lambda path: _export(folder / "policy", folder / "first-adapter", path),
        "rank-too-high": lambda path: write_adapter(folder / "policy", path, seed=13, rank=32),
        "other-modules": lambda path: _write_with_other_modules(folder / "first-adapter", path),
        "without-tensors": lambda path: _write_config(folder / "first-adapter", path),
        "dora": lambda path: _write_config(folder / "first-adapter", path, use_dora=True),
    }
    for name, make in makers.items():
        if not (folder / name).exists():
            make(folder / name)
    return {name: folder / name for name in makers}


def write_policy(folder: Path) -> Path:
    """A two-layer Llama for causal language modelling."""
    network = LlamaForCausalLM(_config())
    _fill(network, seed=1)
    return _save(network, folder)


def write_judge(folder: Path) -> Path:
    """A policy whose tokenizer can spell JSON."""
    config = _config()
    config.vocab_size = len(SPECIAL) + len(SYMBOLS) + len(JSON_SYMBOLS)
    network = LlamaForCausalLM(config)
    _fill(network, seed=3)
    return _save(network, folder, SYMBOLS + JSON_SYMBOLS)


def write_reward_model(folder: Path, labels: int = 1, broken: bool = False) -> Path:
    """A two-layer Llama classifier; `broken` gives NaN for every input."""
    config = _config()
    config.num_labels = labels
    network = LlamaForSequenceClassification(config)
    _fill(network, seed=2)
    if broken:
        network.score.weight.data.fill_(torch.nan)
    return _save(network, folder)


def write_adapter(
    base: Path, folder: Path, seed: int, rank: int = 8, targets: list[str] | None = None
) -> Path:
    """A LoRA adapter whose effect is large enough to change greedy tokens."""
    network = LlamaForCausalLM.from_pretrained(base, dtype=torch.float32)
    config = LoraConfig(
        r=rank, lora_alpha=2 * rank, target_modules=targets or TARGETS, task_type="CAUSAL_LM"
    )
    tuned = PeftModel(network, config)
    generator = np.random.Generator(np.random.PCG64(seed))
    tensors = get_peft_model_state_dict(tuned)
    filled = {
        name: torch.from_numpy(
            generator.standard_normal(tensor.shape).astype(np.float32) * tensor.shape[1] ** -0.5
        )
        for name, tensor in sorted(tensors.items())
    }
    folder.mkdir(parents=True, exist_ok=True)
    save_file(filled, folder / "adapter_model.safetensors")
    config.base_model_name_or_path = "policy"
    config.inference_mode = True
    config.save_pretrained(str(folder))
    return folder


def _export(policy: Path, adapter: Path, folder: Path) -> None:
    options = {"--adapter": adapter, "--base": policy, "--base-name": policy, "--out": folder}
    export([str(part) for option in options.items() for part in option])


def _write_with_other_modules(adapter: Path, folder: Path) -> None:
    """An adapter whose tensors belong to modules that no policy has."""
    _write_config(adapter, folder)
    tensors = load_file(adapter / "adapter_model.safetensors")
    renamed = {name.replace("q_proj", "other_proj"): tensor for name, tensor in tensors.items()}
    save_file(renamed, folder / "adapter_model.safetensors")


def _write_config(adapter: Path, folder: Path, **changes: object) -> None:
    """An adapter folder with a configuration and no tensors."""
    folder.mkdir(parents=True)
    config = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    text = json.dumps({**config, **changes})
    (folder / "adapter_config.json").write_text(text, encoding="utf-8")


def tiny_tokenizer(symbols: str = SYMBOLS) -> PreTrainedTokenizerFast:
    """One token a character; a begin token is put before a text, as Llama does."""
    vocabulary = {symbol: index for index, symbol in enumerate([*SPECIAL, *symbols])}
    backend = Tokenizer(models.WordLevel(vocabulary, unk_token="?"))
    backend.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    backend.decoder = decoders.Fuse()
    backend.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A $B", special_tokens=[("<s>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=backend,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        chat_template=CHAT_TEMPLATE,
    )


def _config() -> LlamaConfig:
    return LlamaConfig(
        vocab_size=len(SPECIAL) + len(SYMBOLS),
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=32,
        max_position_embeddings=WINDOW,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=0,
        tie_word_embeddings=False,
    )


def _fill(network: nn.Module, seed: int) -> None:
    """Weights from NumPy's PCG64, whose stream does not change between torch versions."""
    generator = np.random.Generator(np.random.PCG64(seed))
    for name, parameter in sorted(network.named_parameters()):
        if parameter.dim() > 1:
            values = generator.standard_normal(parameter.shape).astype(np.float32)
            scale = 1.0 if "embed_tokens" in name else 1.5 * parameter.shape[1] ** -0.5
            parameter.data.copy_(torch.from_numpy(values * scale))


def _save(network: PreTrainedModel, folder: Path, symbols: str = SYMBOLS) -> Path:
    network.save_pretrained(folder)
    tiny_tokenizer(symbols).save_pretrained(folder)
    (folder / "generation_config.json").write_text(
        json.dumps({"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0})
    )
    return folder
