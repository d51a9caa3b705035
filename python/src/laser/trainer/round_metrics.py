from collections.abc import Iterable, Sequence
from math import fsum

from laser.contract import PairLoss, TrainingMetrics
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


def pair_losses(pairs: Sequence[TokenPair], steps: Sequence[StepOutcome]) -> list[PairLoss]:
    """The loss of each pair and its terms, in file order."""
    return [
        PairLoss(
            pair=pair.place,
            prompt_id=pair.prompt_id,
            loss=outcome.loss,
            preference_loss=outcome.preference,
            nll_loss=outcome.nll,
        )
        for pair, outcome in zip(pairs, in_file_order(steps), strict=True)
    ]


def in_file_order(steps: Sequence[StepOutcome]) -> list[PairOutcome]:
    return [pair for step in steps for pair in step.pairs]


def mean(values: Iterable[float]) -> float:
    """Correctly rounded sum over count: the same whatever the order."""
    gathered = list(values)
    return fsum(gathered) / len(gathered)
