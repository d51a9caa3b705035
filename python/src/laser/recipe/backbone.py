"""The one architecture of policy and reward models, and how its weights reach the disk and come
back."""

from pathlib import Path
from typing import Any

import torch
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification

from laser.recipe.tokenizer import BOS_ID, EOS_ID, PAD_ID, VOCABULARY_SIZE, save_tokenizer

_SHAPE: dict[str, Any] = {
    "vocab_size": VOCABULARY_SIZE,
    "hidden_size": 128,
    "intermediate_size": 384,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 4,
    "head_dim": 32,
    "max_position_embeddings": 128,
    "tie_word_embeddings": False,
    "bos_token_id": BOS_ID,
    "eos_token_id": EOS_ID,
    "pad_token_id": PAD_ID,
}


def new_policy() -> LlamaForCausalLM:
    return LlamaForCausalLM(LlamaConfig(**_SHAPE))


def new_reward_model(policy: LlamaForCausalLM) -> LlamaForSequenceClassification:
    """The policy's layers under a fresh head of one logit."""
    reward_model = LlamaForSequenceClassification(LlamaConfig(**{**_SHAPE, "num_labels": 1}))
    reward_model.model.load_state_dict(policy.model.state_dict())
    return reward_model


def save(model: LlamaForCausalLM | LlamaForSequenceClassification, folder: Path) -> None:
    """A Hugging Face folder with float16 weights. The model itself is rounded to them and goes on
    in float32."""
    model.half().save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    save_tokenizer(folder, closes_with_eos=isinstance(model, LlamaForSequenceClassification))
    model.float()


def load_policy(folder: Path) -> LlamaForCausalLM:
    return LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def load_reward_model(folder: Path) -> LlamaForSequenceClassification:
    return LlamaForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
