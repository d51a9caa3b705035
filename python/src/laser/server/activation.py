"""What turns a classifier's logits into probabilities."""

import torch

from laser.server.models import ServedModel


def activate(model: ServedModel, logits: torch.Tensor) -> torch.Tensor:
    """vLLM's default by `problem_type`: identity, sigmoid, or softmax over more labels than one."""
    problem = model.network.config.problem_type
    if problem == "regression":
        return logits
    if problem == "multi_label_classification" or logits.shape[-1] == 1:
        return logits.sigmoid()
    return logits.softmax(-1)
