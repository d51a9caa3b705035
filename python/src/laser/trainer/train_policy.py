from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from laser.artifact_store import ArtifactStore, canonical_json_lines
from laser.contract import ArtifactRef, FailureType, MediaType, TrainingJob, TrainingMetrics
from laser.trainer.adapter_bundle import put_adapter, read_adapter
from laser.trainer.checkpoint_bundle import put_checkpoint, read_checkpoint
from laser.trainer.completion_logps import completion_logps
from laser.trainer.micro_batches import MicroBatch, plan_micro_batches, token_budget
from laser.trainer.optimizer import make_optimizer, snapshot
from laser.trainer.optimizer_step import StepOutcome, optimizer_step
from laser.trainer.policy_model import PolicyModel
from laser.trainer.round_metrics import pair_losses, round_metrics
from laser.trainer.token_pairs import read_token_pairs
from laser.trainer.trainer_failure import TrainerFailure
from laser.trainer.trainer_state import Counters, TrainerState
from laser.trainer.unseen_pairs import UnseenPairs

ReportProgress = Callable[[int, int, float], None]
"""Called with (optimiser step, optimiser steps in the round, loss of that step)."""


NOTHING_DONE = Counters(rounds=0, optimizer_steps=0, pairs=0, tokens=0)


@dataclass(frozen=True)
class TrainedRound:
    """What a round left behind: artifacts, metrics, and the state for going on in memory."""

    adapter: ArtifactRef
    checkpoint: ArtifactRef
    pair_losses: ArtifactRef
    unseen_losses: ArtifactRef | None
    metrics: TrainingMetrics
    state: TrainerState


def train_policy(
    model: PolicyModel,
    store: ArtifactStore,
    job: TrainingJob,
    held: TrainerState | None,
    report: ReportProgress,
) -> TrainedRound:
    """One round: ceil(pairs / mini_batch_size) AdamW steps over the pairs in file order.

    `held` is the state of `job.checkpoint` if it is still in memory; it gives the same bytes as
    the artifact. Nothing is stored unless the whole round stayed finite.
    """
    pairs = read_token_pairs(store, job, model.vocabulary)
    size = job.options.mini_batch_size
    mini_batches = [
        plan_micro_batches(
            pairs[start : start + size],
            token_budget(model.vocabulary),
            job.options.micro_batch_size,
        )
        for start in range(0, len(pairs), size)
    ]
    reference = reference_logps(model, store, job, mini_batches)
    unseen = UnseenPairs.read(model, store, job)
    before = starting_state(model, store, job, held)
    unseen_before = unseen.losses()
    optimizer = make_optimizer(model, before, job.options)
    outcomes: list[StepOutcome] = []
    for micro_batches, logps in zip(mini_batches, reference, strict=True):
        outcome = optimizer_step(model, optimizer, micro_batches, logps, job.options)
        outcomes.append(outcome)
        check_finite(outcome, len(outcomes), len(mini_batches), job)
        report(len(outcomes), len(mini_batches), outcome.loss)
    metrics = round_metrics(pairs, outcomes)
    counted = before.counters if before else NOTHING_DONE
    state = snapshot(
        model,
        optimizer,
        Counters(
            rounds=counted.rounds + 1,
            optimizer_steps=counted.optimizer_steps + metrics.optimizer_steps,
            pairs=counted.pairs + metrics.pairs,
            tokens=counted.tokens + metrics.tokens,
        ),
    )
    check_weights(state, job)
    losses = canonical_json_lines(line.model_dump() for line in pair_losses(pairs, outcomes))
    return TrainedRound(
        adapter=put_adapter(store, state.weights, job.base_model, job.lora),
        checkpoint=put_checkpoint(store, state, job),
        pair_losses=store.put(losses, MediaType.JSON_LINES),
        unseen_losses=unseen.put(store, unseen_before, unseen.losses()),
        metrics=metrics,
        state=state,
    )


def reference_logps(
    model: PolicyModel,
    store: ArtifactStore,
    job: TrainingJob,
    mini_batches: list[list[MicroBatch]],
) -> list[list[torch.Tensor]]:
    """log π_ref of the sequences of every micro-batch, under π(m-1) or the base model, nats.

    The micro-batches are those of the training, so that a policy that still is the reference has
    log-ratios of exactly 0. Leaves the reference's weights in the model: an iteration's first
    round starts from them.
    """
    adapter = job.reference_policy
    model.load(None if adapter is None else read_adapter(store, adapter, model))
    with torch.no_grad():
        return [
            [completion_logps(model, batch.sequences) for batch in micro_batches]
            for micro_batches in mini_batches
        ]


def starting_state(
    model: PolicyModel, store: ArtifactStore, job: TrainingJob, held: TrainerState | None
) -> TrainerState | None:
    """Puts the weights to train into the model, which holds the reference's, and sets the RNG.

    None is an iteration's start with a fresh optimiser; of a carried one only the moments go on.
    """
    if job.checkpoint is not None:
        state = held or read_checkpoint(store, job.checkpoint, model, job)
        model.load(state.weights)
        torch.set_rng_state(state.rng)
        return state
    torch.manual_seed(job.seed)
    if job.reference_policy is None:
        model.initialise()
    if job.carried_optimizer is None:
        return None
    carried = read_checkpoint(store, job.carried_optimizer, model, None)
    return replace(carried, counters=NOTHING_DONE)


def check_finite(outcome: StepOutcome, number: int, steps: int, job: TrainingJob) -> None:
    if not outcome.finite:
        raise TrainerFailure(
            FailureType.NON_FINITE_LOSS,
            f"Optimiser step {number} of {steps}: loss {outcome.loss}, gradient norm "
            f"{outcome.grad_norm}. {advice(job)}",
        )


def check_weights(state: TrainerState, job: TrainingJob) -> None:
    for tensors in (state.weights, state.exp_avg, state.exp_avg_sq):
        for name, tensor in tensors.items():
            if not bool(torch.isfinite(tensor).all()):
                raise TrainerFailure(
                    FailureType.NON_FINITE_LOSS,
                    f"After the round's last step {name} is not finite. {advice(job)}",
                )


def advice(job: TrainingJob) -> str:
    return (
        f"Nothing was stored; the last good state is checkpoint "
        f"{job.checkpoint.sha256 if job.checkpoint else 'none (start of the iteration)'}. "
        f"Lower learningRate ({job.options.learning_rate}) or maxGradNorm, or look at pairs "
        f"{job.pairs.sha256} and the reference policy."
    )
