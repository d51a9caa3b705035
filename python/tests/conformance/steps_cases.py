"""Cases of /pooling with a token classifier: a row of label values for every token."""

from typing import Any

from .case import Case, post
from .pooling_cases import CHAT, LONG

IDS = [[1, 4, 5], [1, 4, 5, 39, 6, 43]]


def _steps(name: str, message: str | None = None, **body: Any) -> Case:
    request = post("/pooling", {"model": "process-reward", "task": "token_classify", **body})
    return Case(f"steps-{name}", "steps", request, message=message)


STEPS_CASES = [
    _steps("ids-lists", input=IDS),
    _steps("ids-lists-raw", input=IDS, use_activation=False),
    _steps("ids", input=IDS[0]),
    _steps("text", input="12+3=15"),
    _steps("messages", messages=CHAT),
    _steps("task-left-out", input=IDS, task=None),
    _steps("task-of-another-model", input=IDS, task="embed"),
    _steps("dimensions", input=IDS, dimensions=2),
    _steps("model-unknown", model="nobody", input="1"),
    _steps("input-none", input=[]),
    _steps("input-over-window", input=LONG),
    _steps("token-unknown", input=[1, 50]),
]
