"""What is asked for where nothing is, or by a method that it does not take."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.api.office import client_of, fill, served, token
from tests.web.review.house import House, open_house

NOWHERE = (
    *("/api", "/api/", "/api/nothing", "/api/requests/", "/api/requests/SOW-7/more", "/api//"),
    *("/api/openapi.json/x", "/api/assets/SHELF-1/timeline/", "/api/%2e%2e/requests"),
)
METHODS = {
    "/api/openapi.json": "GET, HEAD",
    "/api/requests": "GET, HEAD, POST",
    "/api/requests/SOW-7": "GET, HEAD",
    "/api/requests/SOW-7/timeline": "GET, HEAD",
    "/api/assets": "GET, HEAD",
    "/api/assets/SHELF-1": "GET, HEAD",
    "/api/assets/SHELF-1/timeline": "GET, HEAD",
}
CLOSED = {"error": {"code": "not_found", "sentence": "There is nothing under this address."}}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def app(house: House) -> Iterator[Starlette]:
    with served(house) as opened:
        yield opened


async def _asked(web: httpx.AsyncClient) -> list[httpx.Response]:
    """Ask for everything by everything that is wrong."""
    return [
        *[await web.request(way, path) for path in NOWHERE for way in ("GET", "POST", "BREW")],
        *[
            await web.request(way, path)
            for path, right in METHODS.items()
            for way in ("POST", "PUT", "DELETE", "OPTIONS", "BREW")
            if way not in right
        ],
    ]


async def test_below_the_api_there_is_nothing_before_there_is_a_token(app: Starlette) -> None:
    async with client_of(app, "fdk_crm_visibly-fake") as web:
        answers = await _asked(web)
        right = [await web.request("GET", path) for path in METHODS]

    for each in (*answers, *right):
        assert (each.status_code, each.json()) == (404, CLOSED)
        assert "allow" not in each.headers


@pytest.mark.parametrize("who", ["a client", "nobody"])
async def test_what_is_not_there_and_a_wrong_method_are_told_in_json(
    house: House, app: Starlette, who: str
) -> None:
    text = token(house, "crm")
    async with client_of(app, text if who == "a client" else "") as web:
        answers = await _asked(web)

    for each in answers:
        assert each.headers["content-type"] == "application/json"
        assert each.headers["cache-control"] == "no-store"
        if each.url.path in METHODS:
            allow = METHODS[each.url.path]
            assert (each.status_code, each.headers["allow"]) == (405, allow)
            said = {"code": "wrong_method", "sentence": f"This address takes {allow}."}
            assert each.json() == {"error": said}
        else:
            assert (each.status_code, each.json()) == (404, CLOSED)
    assert {each.status_code for each in answers} == {404, 405}


async def test_whoever_tries_addresses_without_end_is_held(house: House) -> None:
    token(house, "crm")
    with served(house, lambda: 0.0) as app:
        async with client_of(app) as web:
            answers = [await web.put(f"/api/{each}") for each in range(601)]
    assert [each.status_code for each in answers[-2:]] == [404, 429]
    assert answers[-1].json()["error"]["code"] == "too_often"
