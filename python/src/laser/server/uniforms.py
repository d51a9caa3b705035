"""The chance in sampling: a stream of uniforms for each sequence."""

import hashlib
from collections.abc import Sequence

import torch

BLOCK = 64


class UniformTable:
    """Uniforms in [0, 1) for each step and row of a batch.

    A row's stream is a function of its seed and its prompt's token ids alone. Drawn in blocks of
    fixed length, so that max_tokens does not change it.
    """

    def __init__(self, seeds: Sequence[int], prompts: Sequence[Sequence[int]]):
        self._generators = [
            torch.Generator().manual_seed(_mixed(seed, prompt))
            for seed, prompt in zip(seeds, prompts, strict=True)
        ]
        self._blocks: list[torch.Tensor] = []

    def at(self, step: int, rows: Sequence[int]) -> torch.Tensor:
        """The uniforms of `step` for these rows, float64 [rows]. Steps come in order."""
        while len(self._blocks) <= step // BLOCK:
            drawn = [
                torch.rand(BLOCK, generator=generator, dtype=torch.float64)
                for generator in self._generators
            ]
            self._blocks.append(torch.stack(drawn))
        return self._blocks[step // BLOCK][torch.tensor(rows), step % BLOCK]


def _mixed(seed: int, prompt: Sequence[int]) -> int:
    """A hash, as a 32-bit seed (torch's CPU generator uses no more)."""
    digest = hashlib.sha256(f"{seed}:{','.join(map(str, prompt))}".encode()).digest()
    return int.from_bytes(digest[:4], "little")
