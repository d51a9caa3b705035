"""One embedded server with four models for the whole session, as a process of its own."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from conformance.live_server import live_server
from conformance.tiny_checkpoints import write_all, write_reward_model


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("checkpoints")
    folders = write_all(folder)
    folders["three-labels"] = write_reward_model(folder / "three-labels", labels=3)
    folders["broken"] = write_reward_model(folder / "broken", broken=True)
    return folders


@pytest.fixture(scope="session")
def url(checkpoints: dict[str, Path]) -> Iterator[str]:
    models = [f"policy={checkpoints['policy']}"]
    models += [f"{name}={checkpoints[name]}:classify" for name in ("reward", "three-labels")]
    models.append(f"broken={checkpoints['broken']}:classify")
    with live_server(*(part for model in models for part in ("--model", model))) as address:
        yield address


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=120) as opened:
        yield opened
