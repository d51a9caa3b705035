"""Whether the bandit's contexts, last-token hidden states of prompts, tell the families apart."""

from dataclasses import dataclass
from itertools import combinations

import torch
from transformers import LlamaForCausalLM

from laser.recipe.token_batch import pad
from laser.recipe.tokenizer import BOS_ID, encode


@dataclass(frozen=True)
class Separability:
    nearest_mean_accuracy: float
    """Share of prompts nearest (Euclid) to their own family's mean; means from the even-numbered prompts, the
    share from the odd-numbered ones."""
    mean_norm: float
    """Mean L2 norm of the contexts as they are."""
    cosines: dict[str, float]
    """Between the families' means as they are."""
    centred_cosines: dict[str, float]
    """Between the families' means after the mean over all prompts is taken off; -1/3 each is the best of four."""


@torch.inference_mode()
def measure_separability(policy: LlamaForCausalLM, prompts: dict[str, list[str]]) -> Separability:
    contexts = {category: _contexts(policy, some) for category, some in prompts.items()}
    means = {category: some[0::2].mean(0) for category, some in contexts.items()}
    stacked = torch.stack(list(means.values()))
    hits = torch.cat(
        [(torch.cdist(some[1::2], stacked).argmin(1) == i).float() for i, some in enumerate(contexts.values())]
    )
    everything = torch.cat(list(contexts.values()))
    centre = everything.mean(0)
    return Separability(
        nearest_mean_accuracy=hits.mean().item(),
        mean_norm=everything.norm(dim=1).mean().item(),
        cosines=_cosines(means),
        centred_cosines=_cosines({category: mean - centre for category, mean in means.items()}),
    )


def _contexts(policy: LlamaForCausalLM, prompts: list[str]) -> torch.Tensor:
    """Hidden state of each prompt's last token after the final norm, [prompts, hidden]; one length a family."""
    token_ids, mask = pad([[BOS_ID, *encode(prompt)] for prompt in prompts])
    return policy.model(input_ids=token_ids, attention_mask=mask).last_hidden_state[:, -1]


def _cosines(means: dict[str, torch.Tensor]) -> dict[str, float]:
    return {
        f"{one}/{other}": torch.cosine_similarity(means[one], means[other], dim=0).item()
        for one, other in combinations(means, 2)
    }
