import os
import sys
from pathlib import Path

import pytest
from temporal_server import start_temporal_server
from tiny_campaign import make_base

from laser.artifact_store import ArtifactStore
from laser.contract import BaseModel
from laser.trainer.job_runner import JobRunner


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> BaseModel:
    return make_base(tmp_path_factory.mktemp("base"))


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "store")


@pytest.fixture
def runner(store: ArtifactStore) -> JobRunner:
    return JobRunner(store.root, threads=1)


@pytest.fixture
def source_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the processes that a test starts."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))


@pytest.fixture(scope="session")
def temporal_server(tmp_path_factory: pytest.TempPathFactory):
    with start_temporal_server(tmp_path_factory.mktemp("temporal")) as server:
        yield server
