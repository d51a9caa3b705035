"""SmolLM2 with a head of one logit, its last layers fine-tuned on preference pairs."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import torch
from torch.nn.functional import logsigmoid
from transformers import LlamaForSequenceClassification, PreTrainedTokenizerFast

from laser.recipe.learning_rate import warmup_then_cosine
from laser.smollm2.answer_pairs import AnswerPair
from laser.smollm2.answer_states import AnswerStates, pad_states
from laser.smollm2.layer_split import lower_layers, upper_layers
from laser.smollm2.settings import Settings
from laser.smollm2.stage_progress import StageProgress


def new_reward_model(policy: Path, seed: int) -> LlamaForSequenceClassification:
    """The policy's layers under a fresh head."""
    torch.manual_seed(seed)
    return LlamaForSequenceClassification.from_pretrained(policy, num_labels=1, dtype=torch.float32)


def train_reward_model(
    model: LlamaForSequenceClassification,
    tokenizer: PreTrainedTokenizerFast,
    pairs: Sequence[AnswerPair],
    settings: Settings,
) -> None:
    """Bradley-Terry: mean of -log sigmoid(score(chosen) - score(rejected)) over a step's pairs.

    The lower layers do not change, so their states are computed once a text.
    """
    depth = len(model.model.layers)
    frozen = max(0, depth - settings.trained_layers)
    states = AnswerStates.compute(lower_layers(model.model, frozen), tokenizer, pairs)
    upper = upper_layers(model.model, frozen)
    trained = [*upper.layers.parameters(), *upper.norm.parameters(), *model.score.parameters()]
    optimizer = torch.optim.AdamW(trained, lr=settings.learning_rate, weight_decay=0.01)
    random = Random(settings.seed)
    order = [pair for _ in range(settings.epochs) for pair in random.sample(pairs, len(pairs))]
    steps = -(-len(order) // settings.pairs_per_step)
    schedule = warmup_then_cosine(optimizer, steps)
    progress = StageProgress("rm-gsm8k, its last layers")
    for step in range(steps):
        some = order[step * settings.pairs_per_step : (step + 1) * settings.pairs_per_step]
        read = [
            states[pair.question, text] for pair in some for text in (pair.chosen, pair.rejected)
        ]
        padded, ends = pad_states(read)
        hidden = upper(inputs_embeds=padded, use_cache=False).last_hidden_state
        scores = model.score(hidden[torch.arange(len(read)), ends]).view(-1, 2)
        loss = -logsigmoid(scores[:, 0] - scores[:, 1]).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        progress(step + 1, steps, f", loss {loss.item():.3f}")
