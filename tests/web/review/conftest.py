"""A house for each test, and the door to its page."""

from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_network
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.review.door import Door
from tests.web.review.house import PUBLIC, House, open_house

PROXY = ip_network("127.0.0.1/32")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def elapsed() -> dict[str, float]:
    return {"s": 0.0}


@pytest.fixture
def app(house: House, elapsed: dict[str, float]) -> Iterator[Starlette]:
    with house.served((PROXY,), elapsed) as app:
        yield app


@pytest.fixture
async def door(house: House, app: Starlette, elapsed: dict[str, float]) -> AsyncIterator[Door]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as http:
        yield Door(house, http, elapsed)
