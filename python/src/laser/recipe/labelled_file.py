"""Labelled preferences as JSON lines: what selection learns from before the first round."""

import json
from pathlib import Path

from laser.recipe.judged_prompt import JudgedPrompt


def write_labelled_file(path: Path, judged: list[JudgedPrompt]) -> None:
    """The first right against the first wrong sample of every prompt."""
    records = [
        {
            "category": one.category,
            "chosen": one.right[0],
            "prompt": one.prompt,
            "rejected": one.wrong[0],
        }
        for one in judged
    ]
    lines = (json.dumps(record, separators=(",", ":"), sort_keys=True) for record in records)
    path.write_text("".join(line + "\n" for line in lines))
