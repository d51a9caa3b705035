# /// script
# requires-python = ">=3.10,<3.14"
# dependencies = ["mabwiser==2.7.4"]
# ///
"""Records LinUCB runs of MABWiser as JSON lines for mabwiser.test.ts to replay.

    uv run --script test/algorithm/bandit/mabwiser/record_traces.py

An arm that MABWiser has not fitted uses A⁻¹ = λI where it should be I/λ
(`_RidgeRegression.init`), so with λ ≠ 1 every arm gets one observation before the first
prediction. Its alpha multiplies sqrt(xᵀA⁻¹x), as in the paper.
"""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from mabwiser.mab import MAB, LearningPolicy

MABWISER = "2.7.4"


class Trace(NamedTuple):
    name: str
    dimension: int
    arms: int
    alpha: float
    ridge: float
    steps: int
    seed: int


TRACES = [
    Trace("d2-k2-past-d", dimension=2, arms=2, alpha=1.0, ridge=1.0, steps=250, seed=11),
    Trace("d5-k4-alpha-0.1", dimension=5, arms=4, alpha=0.1, ridge=1.0, steps=250, seed=12),
    Trace("d8-k3-ridge-0.5", dimension=8, arms=3, alpha=0.5, ridge=0.5, steps=250, seed=13),
    Trace("d16-k4-ridge-4", dimension=16, arms=4, alpha=2.0, ridge=4.0, steps=200, seed=14),
    Trace("d40-k3-below-d", dimension=40, arms=3, alpha=0.3, ridge=1.0, steps=60, seed=15),
]


def record(trace: Trace) -> dict:
    rng = np.random.default_rng(trace.seed)
    arms = [f"rm-{k}" for k in range(trace.arms)]
    weights = rng.normal(size=(trace.arms, trace.dimension)) / np.sqrt(trace.dimension)
    mab = MAB(
        arms, LearningPolicy.LinUCB(alpha=trace.alpha, l2_lambda=trace.ridge), seed=trace.seed
    )

    def draw_context() -> list[float]:
        return [round(float(value), 2) for value in rng.normal(size=trace.dimension)]

    def draw_reward(arm: str, context: list[float]) -> float:
        mean = 0.5 + 0.2 * float(weights[arms.index(arm)] @ np.array(context))
        return round(float(np.clip(mean + 0.1 * rng.normal(), 0, 1)), 3)

    warm_up = []
    for arm in arms[: trace.arms if trace.ridge != 1 else 1]:
        context = draw_context()
        warm_up.append({"arm": arm, "context": context, "reward": draw_reward(arm, context)})
    mab.fit(
        [entry["arm"] for entry in warm_up],
        [entry["reward"] for entry in warm_up],
        [entry["context"] for entry in warm_up],
    )

    steps = []
    for _ in range(trace.steps):
        context = draw_context()
        expectations = mab.predict_expectations([context])
        arm = mab.predict([context])
        reward = draw_reward(arm, context)
        steps.append(
            {
                "context": context,
                "expectations": [float(f"{expectations[name]:.12g}") for name in arms],
                "arm": arm,
                "reward": reward,
            }
        )
        mab.partial_fit([arm], [reward], [context])

    return {
        "mabwiser": MABWISER,
        "alpha": trace.alpha,
        "ridge": trace.ridge,
        "arms": arms,
        "warmUp": warm_up,
        "steps": steps,
    }


def write_lines(path: Path, run: dict) -> None:
    """JSON lines: the setting first, then a step a line."""
    setting = {key: value for key, value in run.items() if key != "steps"}
    lines = [json.dumps(each, separators=(",", ":")) for each in (setting, *run["steps"])]
    path.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    folder = Path(__file__).parent / "traces"
    folder.mkdir(exist_ok=True)
    for each in TRACES:
        write_lines(folder / f"{each.name}.jsonl", record(each))
        print(f"traces/{each.name}.jsonl")
