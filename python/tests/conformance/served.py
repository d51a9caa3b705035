"""The servers under test."""

from dataclasses import dataclass
from pathlib import Path

import httpx

from .case import Role
from .tiny_checkpoints import write_all


@dataclass(frozen=True)
class Served:
    """URL of each role's server, and the checkpoint folders as the servers see them."""

    urls: dict[Role, str]
    folders: dict[str, Path]


def served_elsewhere(urls: dict[Role, str]) -> Served:
    """Servers that run already; the folder of their model tells where the checkpoints are."""
    url = next(iter(urls.values()))
    card = httpx.get(f"{url}/v1/models", timeout=30).raise_for_status().json()["data"][0]
    folder = Path(card["root"]).resolve().parent
    if not (folder / "first-adapter").is_dir():
        raise RuntimeError(
            f"{url} serves {card['root']}, which is not one of start_vllm.py's checkpoints: the "
            "recorded replies hold for those only; start the servers with start_vllm.py"
        )
    return Served(urls, write_all(folder))
