"""The sizes of a build. The defaults are the ones the committed models were made with."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PolicySettings:
    steps: int = 2200
    demonstrations_per_step: int = 64
    learning_rate: float = 2.5e-3


@dataclass(frozen=True)
class RewardModelSettings:
    steps: int = 400
    pairs_per_step: int = 32
    learning_rate: float = 1e-3
    own_share: float = 0.4
    """Share of the training pairs from the reward model's own family; the others split the rest
    evenly."""


@dataclass(frozen=True)
class Settings:
    seed: int = 7
    threads: int = 1
    train_prompts: int = 640
    """Per family, as are all the numbers of prompts here."""
    heldout_prompts: int = 192
    preference_prompts: int = 800
    labelled_prompts: int = 64
    completions_per_prompt: int = 8
    temperature: float = 0.8
    """Of the samples that the models are measured on."""
    preference_temperatures: tuple[float, ...] = (0.8, 1.2)
    """Of the samples that the reward models learn from; the hotter ones hold more near misses,
    without which a reward model is soon over-optimised."""
    policy: PolicySettings = field(default_factory=PolicySettings)
    reward_model: RewardModelSettings = field(default_factory=RewardModelSettings)
