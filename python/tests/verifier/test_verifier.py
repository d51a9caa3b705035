"""Equality of answers, and the process that checks it line by line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from laser.verifier.math_equivalence import math_equivalence

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.mark.parametrize(
    ("answer", "completion", "equivalent"),
    [
        ("2", "so it is 2.0", True),
        ("1234", "the total is 1,234 apples", True),
        ("1,234", "that makes 1234", True),
        (r"\frac{1}{2}", r"hence \boxed{0.5}", True),
        ("x+1", "$1+x$", True),
        ("-3", "x = 3", False),
        ("3", "I have no idea", False),
        ("3", "", False),
        ("", "3", None),
    ],
)
def test_math_equivalence(answer: str, completion: str, equivalent: bool | None) -> None:
    assert math_equivalence(answer, completion) is equivalent


def test_answers_in_order_and_survives_odd_input() -> None:
    items = [
        {"answer": "2", "completion": "2"},
        {"completion": "no answer given"},
        {"answer": "2", "completion": r"$\frac{\frac{\frac{1$"},
        {"answer": "2", "completion": "3"},
    ]
    process = subprocess.run(
        [sys.executable, "-m", "laser.verifier"],
        input="".join(f"{json.dumps(item)}\n" for item in items),
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    ready, first, odd, _, last = [json.loads(line) for line in process.stdout.splitlines()]
    assert ready == {"ready": True}
    assert first == {"equivalent": True}
    assert odd["equivalent"] is None and odd["error"].startswith("KeyError")
    assert last == {"equivalent": False}
