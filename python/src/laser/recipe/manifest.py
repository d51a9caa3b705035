"""models/quickstart/manifest.json: what the files are, how they were made, and how good the models
are."""

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic.alias_generators import to_camel

from laser.recipe.blind_spot import REWARD_MODELS
from laser.recipe.evaluation import HOW, Evaluation
from laser.recipe.settings import Settings
from laser.recipe.tasks import FAMILIES
from laser.recipe.verifier import ANSWER_PATTERN

MANIFEST = "manifest.json"


def file_entries(folder: Path) -> dict[str, dict[str, Any]]:
    """Relative path to bytes and SHA-256 of every file but the manifest and hidden ones."""
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        path.as_posix(): {
            "bytes": (folder / path).stat().st_size,
            "sha256": hashlib.sha256((folder / path).read_bytes()).hexdigest(),
        }
        for path in paths
        if path.name != MANIFEST and not any(part.startswith(".") for part in path.parts)
    }


def write_manifest(folder: Path, settings: Settings, evaluation: Evaluation) -> None:
    files = file_entries(folder)
    manifest = {
        "answerPattern": ANSWER_PATTERN,
        "command": (
            f"python -m laser.recipe --out DIR --seed {settings.seed} --threads {settings.threads}"
        ),
        "families": {
            category: {"promptEnd": family.end, "example": _example(folder, category)}
            for category, family in FAMILIES.items()
        },
        "files": files,
        "measured": HOW,
        "policy": {
            "folder": "policy",
            "greedyAccuracy": _rounded(evaluation.greedy_accuracy),
            "sampledAccuracy": _rounded(evaluation.sampled_accuracy),
        },
        "rewardModels": [
            {
                "rewardModelId": plan.reward_model_id,
                "folder": plan.reward_model_id,
                "ownCategory": plan.own_category,
                "blindSpots": {
                    category: asdict(spot) for category, spot in plan.blind_spots.items()
                },
                "pairwiseAccuracy": {
                    category: _rounded(_camel(asdict(measured)))
                    for category, measured in evaluation.pairwise[plan.reward_model_id].items()
                },
            }
            for plan in REWARD_MODELS
        ],
        "separability": _rounded(_camel(asdict(evaluation.separability))),
        "settings": _camel(asdict(settings)),
        "totalBytes": sum(entry["bytes"] for entry in files.values()),
        "versions": {name: version(name) for name in ("tokenizers", "torch", "transformers")},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def _example(folder: Path, category: str) -> dict[str, str]:
    lines = (folder / "data" / "train.jsonl").read_text().splitlines()
    prompt = next(
        record["prompt"] for record in map(json.loads, lines) if record["category"] == category
    )
    family = FAMILIES[category]
    return {
        "prompt": prompt,
        "right": family.demonstrate(prompt),
        "mistake": family.mistake(prompt),
    }


def _camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {_field_name(key): _camel(inner) for key, inner in value.items()}
    return value


def _field_name(key: str) -> str:
    """Field names become camel case; pairs of categories stay as they are."""
    return key if "/" in key else to_camel(key)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value
