"""The served models: loading them, and finding one by the name a request gives."""

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import torch
from peft import PeftModel
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    GenerationConfig,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from laser.server.arguments import ModelArgument, Task
from laser.server.errors import ModelNotFound, TaskNotSupported

SAMPLING_DEFAULTS = ("temperature", "top_p", "top_k", "min_p", "repetition_penalty")
POOLING_APIS = ("Classification", "Embeddings", "Pooling")
VERSION = "0.32.0+laser"


@dataclass(frozen=True)
class Adapter:
    """A loaded LoRA adapter. `key` is its name inside PEFT, where dots are not allowed."""

    name: str
    path: str
    key: str
    created: int = field(default_factory=lambda: int(time.time()))


@dataclass
class ServedModel:
    """A base model, its tokenizer and its adapters. Only the compute thread touches the weights."""

    name: str
    path: str
    task: Task
    network: PreTrainedModel
    tokenizer: PreTrainedTokenizerFast
    max_model_len: int
    vocab_size: int
    eos_token_id: int | None
    other_eos_token_ids: tuple[int, ...]
    sampling_defaults: dict[str, float]
    fingerprint: str
    adapters: dict[str, Adapter] = field(default_factory=dict)
    peft: PeftModel | None = None
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def all_eos_token_ids(self) -> list[int]:
        own = [] if self.eos_token_id is None else [self.eos_token_id]
        return [*own, *self.other_eos_token_ids]


@dataclass(frozen=True)
class Target:
    """What a request addresses: a model, and one of its adapters or its base weights."""

    model: ServedModel
    adapter: Adapter | None

    @property
    def name(self) -> str:
        return self.adapter.name if self.adapter else self.model.name


class ModelRegistry:
    """All served models, in the order of the command line."""

    def __init__(self, models: list[ServedModel]):
        self.models = models

    def served(self, name: str) -> Target | None:
        """The model or adapter called `name`, if there is one."""
        for model in self.models:
            if model.name == name:
                return Target(model, None)
            if name in model.adapters:
                return Target(model, model.adapters[name])
        return None

    def find(self, name: str | None, task: Task | None, api: str) -> Target:
        """The target of a request; without a name, the first model that has the task."""
        target = self.served(name) if name else self._first(task)
        if target is None and not name:
            raise TaskNotSupported(api)
        if target is None and api in POOLING_APIS:
            raise ModelNotFound(f"The model `{name}` does not exist.")
        if target is None:
            aliases = ", ".join(model.name for model in self.models)
            raise ModelNotFound(
                f"The model `{name}` does not exist. Valid aliases: {aliases}.", "model"
            )
        if task is not None and target.model.task != task:
            raise TaskNotSupported(api)
        return target

    def _first(self, task: Task | None) -> Target | None:
        fitting = [model for model in self.models if task is None or model.task == task]
        return Target(fitting[0], None) if fitting else None


def load_model(argument: ModelArgument) -> ServedModel:
    """Load a folder's safetensors as float32; pickled weights and remote code are never read."""
    automatic = AutoModelForCausalLM
    if argument.task == "classify":
        automatic = AutoModelForSequenceClassification
    network = cast(
        PreTrainedModel,
        automatic.from_pretrained(
            argument.path,
            dtype=torch.float32,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
        ),
    ).eval()
    if argument.task == "classify" and not hasattr(network, "score"):
        raise SystemExit(
            f"--model {argument.name}: {type(network).__name__} has no 'score' head on the last "
            "token; serve a decoder's ForSequenceClassification"
        )
    tokenizer = AutoTokenizer.from_pretrained(argument.path, local_files_only=True)
    if not isinstance(tokenizer, PreTrainedTokenizerFast):
        raise SystemExit(f"--model {argument.name}: {argument.path} has no tokenizer.json")
    generation = getattr(network, "generation_config", None) or GenerationConfig()
    eos = _as_ids(generation.eos_token_id)
    config = network.config.get_text_config()
    return ServedModel(
        name=argument.name,
        path=str(argument.path),
        task=argument.task,
        network=network,
        tokenizer=tokenizer,
        max_model_len=config.max_position_embeddings,
        vocab_size=max(config.vocab_size, len(tokenizer)),
        eos_token_id=cast(int | None, tokenizer.eos_token_id),
        other_eos_token_ids=tuple(token for token in eos if token != tokenizer.eos_token_id),
        sampling_defaults=_sampling_defaults(generation),
        fingerprint=f"vllm-{VERSION}-{_weights_hash(argument.path)}",
    )


def _as_ids(value: Any) -> list[int]:
    if value is None:
        return []
    return [value] if isinstance(value, int) else list(value)


def _sampling_defaults(generation: GenerationConfig) -> dict[str, float]:
    """What generation_config.json sets away from transformers' own defaults, as vLLM reads it."""
    changed = generation.to_diff_dict()
    return {name: changed[name] for name in SAMPLING_DEFAULTS if changed.get(name) is not None}


def _weights_hash(folder: Path) -> str:
    """Eight hexadecimal digits over the configuration and every tensor file."""
    digest = hashlib.sha256()
    for path in [folder / "config.json", *sorted(folder.glob("*.safetensors"))]:
        with path.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()[:8]
