"""A random Llama of three layers over bytes, in the place of SmolLM2."""

from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from .byte_tokenizer import byte_tokenizer


def save_tiny_policy(folder: Path) -> None:
    tokenizer = byte_tokenizer()
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=3,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=32,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=2,
        tie_word_embeddings=True,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
