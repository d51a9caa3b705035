"""Where the cases run: the embedded server, or the real servers named on the command line."""

from collections.abc import Iterator

import pytest

from .case import ROLES, Role
from .live_server import live_server
from .served import Served, served_elsewhere
from .tiny_checkpoints import write_all


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("conformance", "URLs of the servers that start_vllm.py started")
    for role in ROLES:
        group.addoption(f"--{role}", help=f"URL of the {role} server")


@pytest.fixture(scope="session")
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """URLs by role, and the folders of the checkpoints as the servers see them."""
    given: dict[Role, str] = {
        role: str(url) for role in ROLES if (url := request.config.getoption(f"--{role}"))
    }
    if given:
        yield served_elsewhere(given)
        return
    folders = write_all(tmp_path_factory.mktemp("checkpoints"))
    policy = ("--model", f"policy={folders['policy']}:generate", "--max-lora-rank", "16")
    reward = ("--model", f"reward={folders['reward']}:classify")
    steps = ("--model", f"process-reward={folders['process-reward']}:classify")
    judge = ("--model", f"judge={folders['judge']}:generate")
    with (
        live_server(*policy) as generate,
        live_server(*reward) as classify,
        live_server(*steps) as each_token,
        live_server(*judge) as chat,
    ):
        urls: dict[Role, str] = {
            "generate": generate,
            "classify": classify,
            "embed": generate,
            "steps": each_token,
            "chat": chat,
        }
        yield Served(urls, folders)
