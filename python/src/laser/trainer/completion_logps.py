from collections.abc import Sequence

import torch
import torch.nn.functional as F

from laser.trainer.policy_model import PolicyModel
from laser.trainer.token_pairs import TokenSequence

NO_TARGET = -100


def completion_logps(model: PolicyModel, sequences: Sequence[TokenSequence]) -> torch.Tensor:
    """Σ log π(completion token | all tokens before) per sequence, nats; shape [n], float32.

    Padding is on the right and the model is causal, so no real token sees any of it and no
    attention mask is needed. Logits are computed only from the first position that predicts a
    completion token.
    """
    width = max(sequence.length for sequence in sequences)
    first = min(len(sequence.prompt) for sequence in sequences) - 1
    inputs = torch.zeros(len(sequences), width, dtype=torch.long)
    targets = torch.full((len(sequences), width - 1), NO_TARGET, dtype=torch.long)
    for row, sequence in enumerate(sequences):
        inputs[row, : sequence.length] = torch.tensor(sequence.prompt + sequence.completion)
        start = len(sequence.prompt) - 1
        targets[row, start : sequence.length - 1] = torch.tensor(sequence.completion)
    logits = model.logits(inputs, positions=torch.arange(first, width - 1))
    wanted = targets[:, first:].to(logits.device)
    token_nll = F.cross_entropy(
        logits.float().flatten(0, 1), wanted.flatten(), ignore_index=NO_TARGET, reduction="none"
    )
    return -token_nll.view_as(wanted).sum(dim=1)
