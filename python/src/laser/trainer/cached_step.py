import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from laser.artifact_store import (
    ArtifactStore,
    append_journal,
    find_step_record,
    put_step_record,
    step_key,
)
from laser.contract import StepLabel, StepRecord


@dataclass(frozen=True)
class StepOutput:
    output: Any
    seconds: float
    reused: bool


def cached_step(
    store: ArtifactStore,
    step: str,
    version: int,
    inputs: Any,
    label: StepLabel,
    work: Callable[[], Any],
) -> StepOutput:
    """The step's recorded output, or `work()` done now and recorded. The first record wins.

    `work` stores its artifacts itself, so that a record never names what is not there. `reused`
    says that the output is one recorded by somebody else.
    """
    key = step_key(step, version, inputs)
    found = find_step_record(store, key)
    if found is not None:
        return StepOutput(found.output, found.seconds, reused=True)
    started = time.monotonic()
    output = work()
    seconds = time.monotonic() - started
    own = StepRecord(key=key, step=step, version=version, output=output, seconds=seconds)
    kept = put_step_record(store, own)
    won = kept is own
    append_journal(store, own, label.model_dump(), won)
    return StepOutput(kept.output, kept.seconds, reused=not won)
