"""Supervised training of the policy on demonstrations, mistakes among them."""

from collections.abc import Callable
from random import Random

import torch
from transformers import LlamaForCausalLM

from laser.recipe.backbone import new_policy
from laser.recipe.demonstration import draw_demonstration
from laser.recipe.learning_rate import warmup_then_cosine
from laser.recipe.settings import PolicySettings
from laser.recipe.token_batch import pad, whole_sequence


def train_policy(
    settings: PolicySettings, seed: int, report: Callable[[int, int, float], None]
) -> LlamaForCausalLM:
    """Every step sees fresh demonstrations; the loss is the mean cross-entropy of completion
    tokens and <eos>, nats."""
    torch.manual_seed(seed)
    random = Random(seed)
    policy = new_policy().train()
    optimizer = torch.optim.AdamW(policy.parameters(), lr=settings.learning_rate, weight_decay=0.01)
    schedule = warmup_then_cosine(optimizer, settings.steps)
    for step in range(settings.steps):
        demonstrations = [
            draw_demonstration(random) for _ in range(settings.demonstrations_per_step)
        ]
        token_ids, mask = pad([whole_sequence(*demonstration) for demonstration in demonstrations])
        labels = token_ids.masked_fill(mask == 0, -100)
        for row, (prompt, _) in enumerate(demonstrations):
            labels[row, : 1 + len(prompt)] = -100
        loss = policy(input_ids=token_ids, attention_mask=mask, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        report(step + 1, settings.steps, loss.item())
    return policy.eval()
