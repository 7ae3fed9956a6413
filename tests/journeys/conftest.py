"""Houses for the journeys: over both of Slack's transports, or over one where they are alike.

A house over both is opened over Socket Mode in `make test`, and over HTTP in `make prove`.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.house import House, open_house


@pytest.fixture(params=["socket", pytest.param("http", marks=pytest.mark.prove)])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, request.param) as opened:
        yield opened


@pytest.fixture
async def small_house(tmp_path: Path) -> AsyncIterator[House]:
    """A house over HTTP alone."""
    async with open_house(tmp_path, "http") as opened:
        yield opened
