from collections.abc import Iterable, Sequence
from math import fsum

from laser.contract import PromptLoss, TrainingMetrics
from laser.trainer.optimizer_step import PairOutcome, StepOutcome
from laser.trainer.token_pairs import TokenPair


def round_metrics(pairs: Sequence[TokenPair], steps: Sequence[StepOutcome]) -> TrainingMetrics:
    """TRL's usual metrics with the loss terms apart: means over pairs, the norm over steps."""
    outcomes = in_file_order(steps)
    chosen = mean(outcome.reward_chosen for outcome in outcomes)
    rejected = mean(outcome.reward_rejected for outcome in outcomes)
    return TrainingMetrics(
        loss=mean(outcome.loss for outcome in outcomes),
        preference_loss=mean(outcome.preference for outcome in outcomes),
        nll_loss=mean(outcome.nll for outcome in outcomes),
        rewards_chosen=chosen,
        rewards_rejected=rejected,
        rewards_margins=mean(o.reward_chosen - o.reward_rejected for o in outcomes),
        rewards_accuracies=mean(float(o.reward_chosen > o.reward_rejected) for o in outcomes),
        logps_chosen=mean(outcome.logps_chosen for outcome in outcomes),
        logps_rejected=mean(outcome.logps_rejected for outcome in outcomes),
        grad_norm=mean(step.grad_norm for step in steps),
        tokens=sum(pair.chosen.length + pair.rejected.length for pair in pairs),
        pairs=len(pairs),
        optimizer_steps=len(steps),
    )


def prompt_losses(pairs: Sequence[TokenPair], steps: Sequence[StepOutcome]) -> list[PromptLoss]:
    """Mean loss of each prompt's pairs, prompts in the order of their first pair."""
    by_prompt: dict[str, list[float]] = {}
    for pair, outcome in zip(pairs, in_file_order(steps), strict=True):
        by_prompt.setdefault(pair.prompt_id, []).append(outcome.loss)
    return [
        PromptLoss(prompt_id=prompt_id, loss=mean(losses), pairs=len(losses))
        for prompt_id, losses in by_prompt.items()
    ]


def in_file_order(steps: Sequence[StepOutcome]) -> list[PairOutcome]:
    return [pair for step in steps for pair in step.pairs]


def mean(values: Iterable[float]) -> float:
    """Correctly rounded sum over count: the same whatever the order."""
    gathered = list(values)
    return fsum(gathered) / len(gathered)
