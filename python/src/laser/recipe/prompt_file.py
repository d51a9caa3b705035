"""Prompt records as JSON lines: keys in order, one prompt a line, categories taken in turn."""

import json
from pathlib import Path
from random import Random

from laser.recipe.prompt_split import Split, draw_prompts
from laser.recipe.tasks import FAMILIES, answer_of


def write_prompt_file(path: Path, split: Split, per_category: int, seed: int) -> None:
    """`per_category` prompts of every family; promptId is the split, the category and a number."""
    random = Random(seed)
    drawn = {category: draw_prompts(category, split, per_category, random) for category in FAMILIES}
    records = [
        {
            "answer": answer_of(category, drawn[category][number]),
            "category": category,
            "prompt": drawn[category][number],
            "promptId": f"{split}-{category}-{number:04d}",
        }
        for number in range(per_category)
        for category in FAMILIES
    ]
    lines = (json.dumps(record, separators=(",", ":"), sort_keys=True) for record in records)
    path.write_text("".join(line + "\n" for line in lines))


def read_prompts(path: Path) -> dict[str, list[str]]:
    """Prompts by category, in the order of the file."""
    prompts: dict[str, list[str]] = {category: [] for category in FAMILIES}
    for line in path.read_text().splitlines():
        record = json.loads(line)
        prompts[record["category"]].append(record["prompt"])
    return prompts
