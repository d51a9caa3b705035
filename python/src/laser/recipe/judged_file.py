"""Judged prompts as JSON lines, so that an interrupted build need not sample again."""

import json
from dataclasses import asdict
from pathlib import Path

from laser.recipe.judged_prompt import JudgedPrompt


def write_judged_prompts(path: Path, judged: list[JudgedPrompt]) -> None:
    path.write_text("".join(json.dumps(asdict(one)) + "\n" for one in judged))


def read_judged_prompts(path: Path) -> list[JudgedPrompt]:
    records = (json.loads(line) for line in path.read_text().splitlines())
    return [
        JudgedPrompt(one["category"], one["prompt"], tuple(one["right"]), tuple(one["wrong"]))
        for one in records
    ]
