import hashlib
from typing import Any

from laser.artifact_store.canonical_json import canonical_json


def step_key(step: str, version: int, inputs: Any) -> str:
    """SHA-256 (hex) of the canonical JSON of {inputs, step, version}.

    `inputs` holds everything that determines the step's output and nothing else.
    """
    named = canonical_json({"inputs": inputs, "step": step, "version": version})
    return hashlib.sha256(named).hexdigest()
