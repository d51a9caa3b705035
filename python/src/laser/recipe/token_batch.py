"""Sequences of different lengths as tensors, padded on the right."""

import torch

from laser.recipe.tokenizer import BOS_ID, EOS_ID, PAD_ID, encode


def pad(sequences: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and attention mask, both [sequences, longest]."""
    longest = max(map(len, sequences))
    token_ids = torch.full((len(sequences), longest), PAD_ID)
    mask = torch.zeros((len(sequences), longest), dtype=torch.long)
    for row, sequence in enumerate(sequences):
        token_ids[row, : len(sequence)] = torch.tensor(sequence)
        mask[row, : len(sequence)] = 1
    return token_ids, mask


def whole_sequence(prompt: str, completion: str) -> list[int]:
    """<bos> prompt completion <eos>: what policies are trained on and reward models read."""
    return [BOS_ID, *encode(prompt + completion), EOS_ID]
