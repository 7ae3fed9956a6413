"""The door of a request's link: it says to open Slack, and tells no request from another."""

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.review.house import PUBLIC, House, open_house
from web import requests


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One whose Slack does not answer."""
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def elapsed() -> dict[str, float]:
    return {"s": 0.0}


@pytest.fixture
async def web(house: House, elapsed: dict[str, float]) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the door."""
    with ThreadPoolExecutor(4) as pool:
        app = Starlette(routes=requests.routes(house.desk, pool, (), lambda: elapsed["s"]))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client:
            yield client


async def test_the_page_says_to_open_slack_and_is_sealed(web: httpx.AsyncClient) -> None:
    page = await web.get("/requests/sow-7")

    assert page.status_code == 200
    assert "Open SOW-7 in Slack" in page.text
    assert "/requests SOW-7" in page.text
    assert "slack://" not in page.text
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for method in ("POST", "PUT", "DELETE"):
        assert (await web.request(method, "/requests/SOW-7")).status_code == 405


async def test_what_is_there_answers_as_what_is_not(house: House, web: httpx.AsyncClient) -> None:
    pages = {}
    for ref in ("SOW-7", "SOW-99", "AST-3", "SHELF-1", "XYZ-1"):
        pages[ref] = await web.get(f"/requests/{ref}")
    with house.database.unit() as unit:
        assert unit.requests.get("SOW-7") is not None

    assert {page.status_code for page in pages.values()} == {200}
    assert len({page.text.replace(ref, "") for ref, page in pages.items()}) == 1
    headers = {tuple(sorted(set(page.headers) - {"content-length"})) for page in pages.values()}
    assert len(headers) == 1


NO_NUMBERS = (
    *("SOW-", "7", "SOW-" + "9" * 30, "..%2F..%2Fetc", "SOW-1%00", "<b>", "SOW-1'--"),
    "SOW-\N{ARABIC-INDIC DIGIT ONE}",
)


@pytest.mark.parametrize("name", NO_NUMBERS)
async def test_what_is_no_number_is_nowhere(web: httpx.AsyncClient, name: str) -> None:
    page = await web.get(f"/requests/{name}")

    assert page.status_code == 404
    assert "<b>" not in page.text


async def test_who_looks_too_often_waits(web: httpx.AsyncClient, elapsed: dict[str, float]) -> None:
    statuses = [(await web.get("/requests/SOW-1")).status_code for _ in range(301)]
    assert statuses == [200] * 300 + [429]
    assert int((await web.get("/requests/SOW-1")).headers["retry-after"]) >= 1
    elapsed["s"] += 60
    assert (await web.get("/requests/SOW-1")).status_code == 200
