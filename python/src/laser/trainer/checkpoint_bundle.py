import torch
from pydantic import ValidationError
from safetensors.torch import save

from laser.artifact_store import (
    ArtifactMissing,
    ArtifactStore,
    canonical_json,
    put_bundle,
    read_bundle,
)
from laser.contract import (
    ArtifactRef,
    Count,
    FailureType,
    PositiveCount,
    Sha256Hex,
    TrainingJob,
    WireModel,
)
from laser.trainer.adapter_bundle import WEIGHTS_FILE, weight_shapes, weights_file
from laser.trainer.policy_model import PolicyModel
from laser.trainer.read_tensors import read_tensors
from laser.trainer.trainer_failure import TrainerFailure
from laser.trainer.trainer_state import (
    FORMAT_VERSION,
    Counters,
    TrainerState,
    continuation_digest,
)

OPTIMIZER_FILE = "optimizer.safetensors"
RNG_FILE = "rng.safetensors"
STATE_FILE = "state.json"
FILES = {WEIGHTS_FILE, OPTIMIZER_FILE, RNG_FILE, STATE_FILE}
INCOMPLETE = FailureType.CHECKPOINT_INCOMPLETE


class StateFile(WireModel):
    format_version: PositiveCount
    continuation: Sha256Hex
    rounds: PositiveCount
    optimizer_steps: PositiveCount
    pairs: PositiveCount
    tokens: Count


def put_checkpoint(store: ArtifactStore, state: TrainerState, job: TrainingJob) -> ArtifactRef:
    """Stores the state as plain tensors and JSON; the bundle's manifest is what makes it whole."""
    moments = {
        f"{name}.{part}": tensors[name]
        for part, tensors in optimizer_parts(state).items()
        for name in tensors
    }
    described = StateFile(
        format_version=FORMAT_VERSION,
        continuation=continuation_digest(job),
        rounds=state.counters.rounds,
        optimizer_steps=state.counters.optimizer_steps,
        pairs=state.counters.pairs,
        tokens=state.counters.tokens,
    )
    return put_bundle(
        store,
        {
            WEIGHTS_FILE: weights_file(state.weights),
            OPTIMIZER_FILE: save(moments),
            RNG_FILE: save({"torch": state.rng}),
            STATE_FILE: canonical_json(described.model_dump()),
        },
    )


def read_checkpoint(
    store: ArtifactStore, ref: ArtifactRef, model: PolicyModel, continued_by: TrainingJob | None
) -> TrainerState:
    """The state that `put_checkpoint` stored, refused unless every file and tensor is there.

    `continued_by` must train as the job that stored it did; None reads it for its tensors alone.
    """
    what = f"Checkpoint {ref.sha256}"
    try:
        files = read_bundle(store, ref)
    except ArtifactMissing as error:
        raise TrainerFailure(INCOMPLETE, f"{what}: {error}") from error
    if files.keys() != FILES:
        raise TrainerFailure(
            INCOMPLETE,
            f"{what} has the files {sorted(files)} instead of {sorted(FILES)}; "
            "start the round from an older checkpoint or from the reference policy.",
        )
    described = read_state_file(files[STATE_FILE], what)
    if continued_by is not None and described.continuation != continuation_digest(
        continued_by, described.format_version
    ):
        raise TrainerFailure(
            FailureType.CONFIG_INVALID,
            f"{what} was made with another base model, lora or training options than this job's; "
            "keep them through an iteration, or pass no checkpoint to start it anew.",
        )
    shapes = weight_shapes(model)
    scalar = ((), torch.float32)
    moments = read_tensors(
        files[OPTIMIZER_FILE],
        {f"{name}.{part}": shapes[name] for name in shapes for part in ("exp_avg", "exp_avg_sq")}
        | {f"{name}.step": scalar for name in shapes},
        f"{what}, {OPTIMIZER_FILE}",
        INCOMPLETE,
    )
    rng = torch.get_rng_state()
    return TrainerState(
        weights=read_tensors(files[WEIGHTS_FILE], shapes, f"{what}, {WEIGHTS_FILE}", INCOMPLETE),
        exp_avg={name: moments[f"{name}.exp_avg"] for name in shapes},
        exp_avg_sq={name: moments[f"{name}.exp_avg_sq"] for name in shapes},
        steps={name: moments[f"{name}.step"] for name in shapes},
        rng=read_tensors(
            files[RNG_FILE],
            {"torch": (tuple(rng.shape), rng.dtype)},
            f"{what}, {RNG_FILE}",
            INCOMPLETE,
        )["torch"],
        counters=Counters(
            rounds=described.rounds,
            optimizer_steps=described.optimizer_steps,
            pairs=described.pairs,
            tokens=described.tokens,
        ),
    )


def optimizer_parts(state: TrainerState) -> dict[str, dict[str, torch.Tensor]]:
    return {"exp_avg": state.exp_avg, "exp_avg_sq": state.exp_avg_sq, "step": state.steps}


def read_state_file(data: bytes, what: str) -> StateFile:
    try:
        described = StateFile.model_validate_json(data)
    except ValidationError as error:
        raise TrainerFailure(INCOMPLETE, f"{what}, {STATE_FILE}: {error}") from error
    if described.format_version > FORMAT_VERSION:
        raise TrainerFailure(
            FailureType.CONFIG_INVALID,
            f"{what} has format {described.format_version}, this trainer reads up to "
            f"{FORMAT_VERSION}; continue it with the version of laser that wrote it.",
        )
    return described
