import math

import torch

from laser.artifact_store import ArtifactStore
from laser.contract import FailureType, FingerprintJob
from laser.trainer.adapter_bundle import read_adapter
from laser.trainer.completion_logps import completion_logps
from laser.trainer.policy_model import PolicyModel
from laser.trainer.token_pairs import TokenSequence
from laser.trainer.trainer_failure import TrainerFailure


def fingerprint_policy(
    model: PolicyModel, store: ArtifactStore, job: FingerprintJob
) -> list[float]:
    """Per probe Σ log π(token | tokens before) from its second token on, nats, float32.

    Each probe is a forward pass of its own, so that no padding touches its last bits.
    """
    model.load(None if job.adapter is None else read_adapter(store, job.adapter, model))
    logprobs: list[float] = []
    for number, probe in enumerate(job.probes):
        if max(probe) >= model.vocabulary:
            raise TrainerFailure(
                FailureType.CONFIG_INVALID,
                f"Probe {number}: token id {max(probe)} is outside the {model.vocabulary} tokens "
                f"of base model {job.base_model.name}; take probes of the same tokenizer.",
            )
        with torch.no_grad():
            sequence = TokenSequence(tuple(probe[:1]), tuple(probe[1:]))
            value = completion_logps(model, [sequence])[0].item()
        if not math.isfinite(value):
            raise TrainerFailure(
                FailureType.NON_FINITE_LOSS,
                f"Probe {number}: its log-probability is {value} under adapter {job.adapter}; "
                "that adapter is damaged, go back to the policy before.",
            )
        logprobs.append(value)
    return logprobs
