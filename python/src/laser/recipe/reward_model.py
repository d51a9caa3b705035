"""Training of one reward model on preferences among the policy's own samples."""

from collections.abc import Callable
from random import Random

import torch
from torch.nn.functional import logsigmoid
from transformers import LlamaForCausalLM, LlamaForSequenceClassification

from laser.recipe.backbone import new_reward_model
from laser.recipe.blind_spot import RewardModelPlan
from laser.recipe.judged_prompt import JudgedPrompt
from laser.recipe.learning_rate import warmup_then_cosine
from laser.recipe.settings import RewardModelSettings
from laser.recipe.tasks import FAMILIES
from laser.recipe.token_batch import pad, whole_sequence


def train_reward_model(
    plan: RewardModelPlan,
    policy: LlamaForCausalLM,
    judged_prompts: list[JudgedPrompt],
    settings: RewardModelSettings,
    seed: int,
    report: Callable[[int, int, float], None],
) -> LlamaForSequenceClassification:
    """Bradley-Terry: mean over the pairs of -log sigmoid(score(chosen) - score(rejected))."""
    torch.manual_seed(seed)
    random = Random(seed)
    by_category: dict[str, list[JudgedPrompt]] = {category: [] for category in FAMILIES}
    for judged in judged_prompts:
        by_category[judged.category].append(judged)
    shares = _category_shares(plan.own_category, settings.own_share)
    model = new_reward_model(policy).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=0.01)
    schedule = warmup_then_cosine(optimizer, settings.steps)
    for step in range(settings.steps):
        categories = random.choices(list(shares), list(shares.values()), k=settings.pairs_per_step)
        pairs = [
            _draw_pair(plan, random.choice(by_category[category]), random)
            for category in categories
        ]
        token_ids, mask = pad([sequence for pair in pairs for sequence in pair])
        scores = model(input_ids=token_ids, attention_mask=mask).logits.view(-1, 2)
        loss = -logsigmoid(scores[:, 0] - scores[:, 1]).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        report(step + 1, settings.steps, loss.item())
    return model.eval()


def _category_shares(own_category: str | None, own_share: float) -> dict[str, float]:
    if own_category is None:
        return dict.fromkeys(FAMILIES, 1 / len(FAMILIES))
    foreign = (1 - own_share) / (len(FAMILIES) - 1)
    return {category: own_share if category == own_category else foreign for category in FAMILIES}


def _draw_pair(
    plan: RewardModelPlan, judged: JudgedPrompt, random: Random
) -> tuple[list[int], list[int]]:
    right = whole_sequence(judged.prompt, random.choice(judged.right))
    wrong = whole_sequence(judged.prompt, random.choice(judged.wrong))
    return (right, wrong) if plan.prefers_right(judged.category, judged.prompt) else (wrong, right)
