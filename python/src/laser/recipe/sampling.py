"""Completions of the policy, greedy or sampled, with a key-value cache."""

import torch
from transformers import DynamicCache, LlamaForCausalLM

from laser.recipe.tokenizer import BOS_ID, EOS_ID, decode, encode

MAX_NEW_TOKENS = 14


@torch.inference_mode()
def complete(
    policy: LlamaForCausalLM, prompts: list[str], temperature: float, generator: torch.Generator
) -> list[str]:
    """One completion a prompt, without <eos>; all prompts have one length. Temperature 0 is
    greedy."""
    token_ids = torch.tensor([[BOS_ID, *encode(prompt)] for prompt in prompts])
    cache = DynamicCache(config=policy.config)
    sampled = torch.empty((len(prompts), 0), dtype=torch.long)
    finished = torch.zeros(len(prompts), dtype=torch.bool)
    for _ in range(MAX_NEW_TOKENS):
        logits = policy(
            input_ids=token_ids, past_key_values=cache, use_cache=True, logits_to_keep=1
        ).logits[:, -1]
        if temperature == 0:
            token_ids = logits.argmax(-1, keepdim=True)
        else:
            probabilities = torch.softmax(logits / temperature, -1)
            token_ids = torch.multinomial(probabilities, 1, generator=generator)
        sampled = torch.cat([sampled, token_ids], 1)
        finished |= token_ids[:, 0] == EOS_ID
        if finished.all():
            break
    return [decode(row) for row in sampled.tolist()]


def sample_completions(
    policy: LlamaForCausalLM, prompts: list[str], count: int, temperature: float, seed: int
) -> list[list[str]]:
    """`count` completions of every prompt, in order; chance depends on the seed alone."""
    generator = torch.Generator().manual_seed(seed)
    completions: list[list[str]] = []
    for start in range(0, len(prompts), _PROMPTS_AT_ONCE):
        some = prompts[start : start + _PROMPTS_AT_ONCE]
        repeated = [prompt for prompt in some for _ in range(count)]
        flat = complete(policy, repeated, temperature, generator)
        completions += [flat[i : i + count] for i in range(0, len(flat), count)]
    return completions


_PROMPTS_AT_ONCE = 32
