"""Theatres: where stories are played with a bot that is killed."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.bot import Nursery, open_nursery
from tests.faults.exhausting import Theatre
from tests.faults.memory import Databases
from tests.postgres import Server

_MEMORY = Path("/dev/shm")  # noqa: S108 - where nothing waits for a disk, if there is such a place


@pytest.fixture
def stage_folder() -> Iterator[Path]:
    """A folder in memory: SIGKILL loses nothing that was written, and disks are slow."""
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="frontdesk-kills-", dir=place) as folder:
        yield Path(folder)


@pytest.fixture
def nursery(stage_folder: Path) -> Iterator[Nursery]:
    """Where bots come from."""
    with open_nursery(stage_folder) as opened:
        yield opened


@pytest.fixture
def theatre(stage_folder: Path, nursery: Nursery) -> Theatre:
    """A theatre over SQLite."""
    return Theatre(stage_folder, nursery, Databases())


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def either_theatre(
    request: pytest.FixtureRequest, stage_folder: Path, nursery: Nursery
) -> Iterator[Theatre]:
    """A theatre over SQLite, and one over PostgreSQL."""
    server: Server | None = None
    if request.param == "PostgreSQL":
        server = request.getfixturevalue("postgres_server")
    databases = Databases(server)
    yield Theatre(stage_folder, nursery, databases)
    databases.close()


@pytest.fixture
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, which all workers of xdist share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
