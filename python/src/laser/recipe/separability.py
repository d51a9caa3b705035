"""Whether the bandit's contexts, last-token hidden states of prompts, tell the families apart."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import torch
from transformers import LlamaForCausalLM

from laser.recipe.token_batch import pad
from laser.recipe.tokenizer import BOS_ID, encode


@dataclass(frozen=True)
class Separability:
    nearest_mean_accuracy: float
    """Share of prompts nearest (Euclid) to their own family's mean; means from the even-numbered
    prompts, the share from the odd-numbered ones."""
    round_nearest_mean_accuracy: float
    """The same for a round's context, the mean over 16 prompts of one family."""
    linear_accuracy: float
    """The same split, by least squares on the contexts with a constant: what a linear bandit can
    tell apart."""
    mean_norm: float
    """Mean L2 norm of the contexts as they are."""
    cosines: dict[str, float]
    """Between the families' means as they are."""
    centred_cosines: dict[str, float]
    """Between the families' means after the mean over all prompts is taken off; -1/3 each is the
    best of four."""


@torch.inference_mode()
def measure_separability(policy: LlamaForCausalLM, prompts: dict[str, list[str]]) -> Separability:
    contexts = {category: _contexts(policy, some) for category, some in prompts.items()}
    known = {category: some[0::2] for category, some in contexts.items()}
    asked = {category: some[1::2] for category, some in contexts.items()}
    means = {category: some.mean(0) for category, some in known.items()}
    stacked = torch.stack(list(means.values()))
    rounds = {category: _round_means(some) for category, some in asked.items()}
    everything = torch.cat(list(contexts.values()))
    centre = everything.mean(0)
    return Separability(
        nearest_mean_accuracy=_share(asked, lambda some: torch.cdist(some, stacked).argmin(1)),
        round_nearest_mean_accuracy=_share(
            rounds, lambda some: torch.cdist(some, stacked).argmin(1)
        ),
        linear_accuracy=_share(asked, _least_squares(known)),
        mean_norm=everything.norm(dim=1).mean().item(),
        cosines=_cosines(means),
        centred_cosines=_cosines({category: mean - centre for category, mean in means.items()}),
    )


def _share(
    contexts: dict[str, torch.Tensor], classify: Callable[[torch.Tensor], torch.Tensor]
) -> float:
    hits = [(classify(some) == i).float() for i, some in enumerate(contexts.values())]
    return torch.cat(hits).mean().item()


def _round_means(contexts: torch.Tensor) -> torch.Tensor:
    """Means of 16 neighbours, [len // 16, hidden]."""
    whole = len(contexts) // 16 * 16
    return contexts[:whole].view(-1, 16, contexts.shape[1]).mean(1)


def _least_squares(known: dict[str, torch.Tensor]) -> Callable[[torch.Tensor], torch.Tensor]:
    labels = torch.cat([torch.full((len(some),), i) for i, some in enumerate(known.values())])
    targets = torch.nn.functional.one_hot(labels, len(known)).double()
    weights = torch.linalg.lstsq(_with_constant(torch.cat(list(known.values()))), targets).solution
    return lambda contexts: (_with_constant(contexts) @ weights).argmax(1)


def _with_constant(contexts: torch.Tensor) -> torch.Tensor:
    return torch.cat([contexts, torch.ones(len(contexts), 1)], 1).double()


def _contexts(policy: LlamaForCausalLM, prompts: list[str]) -> torch.Tensor:
    """Hidden state of each prompt's last token after the final norm, [prompts, hidden]; one length
    a family."""
    token_ids, mask = pad([[BOS_ID, *encode(prompt)] for prompt in prompts])
    return policy.model(input_ids=token_ids, attention_mask=mask).last_hidden_state[:, -1]


def _cosines(means: dict[str, torch.Tensor]) -> dict[str, float]:
    return {
        f"{one}/{other}": torch.cosine_similarity(means[one], means[other], dim=0).item()
        for one, other in combinations(means, 2)
    }
