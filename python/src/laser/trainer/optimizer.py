import torch

from laser.contract import TrainingOptions
from laser.trainer.policy_model import PolicyModel, Weights
from laser.trainer.trainer_state import Counters, TrainerState


def make_optimizer(
    model: PolicyModel, state: TrainerState | None, options: TrainingOptions
) -> torch.optim.AdamW:
    """AdamW at the step's learning rate, going on from the moments of `state` or with none."""
    optimizer = torch.optim.AdamW(
        model.parameters.values(),
        lr=options.learning_rate,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=options.weight_decay,
        fused=True,
    )
    for name, parameter in model.parameters.items():
        optimizer.state[parameter] = (
            {
                "step": torch.zeros((), dtype=torch.float32, device=parameter.device),
                "exp_avg": torch.zeros_like(parameter),
                "exp_avg_sq": torch.zeros_like(parameter),
            }
            if state is None
            else {
                "step": state.steps[name].to(parameter.device, copy=True),
                "exp_avg": state.exp_avg[name].to(parameter.device, copy=True),
                "exp_avg_sq": state.exp_avg_sq[name].to(parameter.device, copy=True),
            }
        )
    return optimizer


def snapshot(model: PolicyModel, optimizer: torch.optim.AdamW, counters: Counters) -> TrainerState:
    """Copies of everything the next round continues from."""

    def part(key: str) -> Weights:
        return {
            name: optimizer.state[parameter][key].detach().to("cpu", copy=True)
            for name, parameter in model.parameters.items()
        }

    return TrainerState(
        weights=model.weights(),
        exp_avg=part("exp_avg"),
        exp_avg_sq=part("exp_avg_sq"),
        steps=part("step"),
        rng=torch.get_rng_state(),
        counters=counters,
    )
