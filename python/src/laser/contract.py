"""The shapes that cross between TypeScript and Python; contract/*.ts is the same in zod.

Attribute names are snake_case, the wire is camelCase: dump with `by_alias` (the default here).
Unknown keys, wrong types, NaN and infinities are refused on both ways: one NaN in a payload would
wedge the TypeScript workflow that reads it.
"""

from enum import StrEnum
from typing import Annotated, Literal

import pydantic
from pydantic import ConfigDict, Field, JsonValue
from pydantic.alias_generators import to_camel

MAX_SAFE_INTEGER = 2**53 - 1

Sha256Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)]
PositiveCount = Annotated[int, Field(gt=0, le=MAX_SAFE_INTEGER)]
TokenIds = list[Count]
PositiveNumber = Annotated[float, Field(gt=0)]
NonNegativeNumber = Annotated[float, Field(ge=0)]


class WireModel(pydantic.BaseModel):
    """Base of all shapes: frozen, strict, camelCase on the wire, finite numbers only."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        serialize_by_alias=True,
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
    )


class FailureType(StrEnum):
    """`ApplicationError.type` of every failure other code must recognise."""

    CONFIG_INVALID = "ConfigInvalid"
    ARTIFACT_MISSING = "ArtifactMissing"
    ARTIFACT_CORRUPT = "ArtifactCorrupt"
    MODEL_NOT_FOUND = "ModelNotFound"
    ADAPTER_REFUSED = "AdapterRefused"
    FINGERPRINT_MISMATCH = "FingerprintMismatch"
    REQUEST_REFUSED = "RequestRefused"
    SERVER_UNAVAILABLE = "ServerUnavailable"
    PROTOCOL_VIOLATION = "ProtocolViolation"
    NO_SCORES = "NoScores"
    NO_PAIRS = "NoPairs"
    NON_FINITE_LOSS = "NonFiniteLoss"
    CHECKPOINT_INCOMPLETE = "CheckpointIncomplete"
    OUT_OF_MEMORY = "OutOfMemory"
    TRAINER_CRASHED = "TrainerCrashed"


class MediaType(StrEnum):
    """Media types the artifact store knows."""

    JSON = "application/json"
    JSON_LINES = "application/jsonl"
    BUNDLE = "application/vnd.laser.bundle+json"
    SAFETENSORS = "application/vnd.safetensors"


class ArtifactRef(WireModel):
    """A stored large value, named by the SHA-256 of its bytes."""

    sha256: Sha256Hex
    bytes: Count
    media_type: Text


class BundleFile(WireModel):
    sha256: Sha256Hex
    bytes: Count


class BundleManifest(WireModel):
    """A folder as an artifact: file name to the object that holds its bytes."""

    files: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]*$")], BundleFile]


class StepRecord(WireModel):
    """What a finished step left behind. `seconds` is what it took the first time."""

    key: Sha256Hex
    step: Text
    version: PositiveCount
    output: JsonValue
    seconds: NonNegativeNumber


class StepLabel(WireModel):
    """Where in a campaign a step belongs. Never part of a step's key."""

    campaign_id: Text
    iteration: Count
    round: Count


class PreferencePair(WireModel):
    """One line of a pairs artifact. Token ids are the ones the server sampled, EOS included."""

    prompt_id: Text
    prompt: Text
    prompt_token_ids: Annotated[TokenIds, Field(min_length=1)]
    chosen: str
    chosen_token_ids: Annotated[TokenIds, Field(min_length=1)]
    chosen_score: float
    rejected: str
    rejected_token_ids: Annotated[TokenIds, Field(min_length=1)]
    rejected_score: float


class BaseModel(WireModel):
    """The frozen weights below every adapter. `path` is where, `revision` is what they are."""

    name: Text
    path: Text
    revision: Text


class LoraShape(WireModel):
    rank: PositiveCount
    lora_alpha: PositiveNumber
    target_modules: Annotated[list[Text], Field(min_length=1)]


LossType = Literal[
    "sigmoid",
    "sigmoid_norm",
    "hinge",
    "ipo",
    "robust",
    "exo_pair",
    "nca_pair",
    "bco_pair",
    "sppo_hard",
    "apo_zero",
    "apo_down",
    "discopop",
]
Precision = Literal["float32", "bfloat16"]


class TrainingOptions(WireModel):
    """TRL's option names. The loss of a pair is preference + nll_weight · NLL(chosen)/|chosen|.

    What has a default enters a step's key only where it is set off it.
    """

    loss_type: LossType
    beta: PositiveNumber
    nll_weight: NonNegativeNumber
    learning_rate: PositiveNumber
    weight_decay: NonNegativeNumber
    max_grad_norm: PositiveNumber
    mini_batch_size: PositiveCount
    max_length: PositiveCount
    label_smoothing: Annotated[float, Field(ge=0, lt=0.5)] = 0.0
    f_divergence_type: Literal["reverse_kl", "forward_kl", "js_divergence"] = "reverse_kl"
    micro_batch_size: PositiveCount | None = None
    precision: Precision = "float32"


class TrainingJob(WireModel):
    """One round's training step. All but `label` and `base_model.path` determines the result.

    `carried_optimizer` is the checkpoint whose AdamW moments an iteration's first step goes on
    with; it is not read where `checkpoint` is.
    """

    label: StepLabel
    base_model: BaseModel
    lora: LoraShape
    reference_policy: ArtifactRef | None
    checkpoint: ArtifactRef | None
    carried_optimizer: ArtifactRef | None = None
    pairs: ArtifactRef
    unseen_pairs: ArtifactRef | None
    seed: Count
    options: TrainingOptions


class TrainingMetrics(WireModel):
    """Means over the round's pairs, in nats; `grad_norm` is a mean over optimiser steps."""

    loss: float
    preference_loss: float
    nll_loss: float
    rewards_chosen: float
    rewards_rejected: float
    rewards_margins: float
    rewards_accuracies: float
    logps_chosen: float
    logps_rejected: float
    grad_norm: float
    tokens: Count
    pairs: PositiveCount
    optimizer_steps: PositiveCount


class PairLoss(WireModel):
    """One line of the pair losses: a pair as its optimiser step saw it, nats.

    `pair` is its place in the pairs artifact.
    """

    pair: Count
    prompt_id: Text
    loss: float
    preference_loss: float
    nll_loss: float


class UnseenLoss(WireModel):
    """One line of the unseen losses: preference loss of a pair kept out of the step, nats."""

    pair: Count
    prompt_id: Text
    before: float
    after: float


class TrainingResult(WireModel):
    adapter: ArtifactRef
    checkpoint: ArtifactRef
    metrics: TrainingMetrics
    pair_losses: ArtifactRef
    unseen_losses: ArtifactRef | None
    seconds: NonNegativeNumber
    reused: bool


class FingerprintJob(WireModel):
    label: StepLabel
    base_model: BaseModel
    lora: LoraShape
    precision: Precision = "float32"
    adapter: ArtifactRef | None
    probes: Annotated[
        list[Annotated[TokenIds, Field(min_length=2)]], Field(min_length=1, max_length=16)
    ]


class FingerprintResult(WireModel):
    """Per probe Σ log π(token | tokens before) over all tokens but the first, nats."""

    logprobs: list[float]
    seconds: NonNegativeNumber
    reused: bool
