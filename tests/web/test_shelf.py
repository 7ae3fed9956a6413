"""The door to assets: a personal link gives the file, and nothing else gives anything."""

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.shelf.opening import HOLDS, url_of
from tests.web.review.house import ANA, NOW, PUBLIC, House, open_house
from web import shelf
from workflows.asset import AssetDetails, AssetRecord
from workflows.asset_parts import Kept
from workflows.request import Request
from workflows.shelved import ShelfDetails, ShelfRecord, ShelfVersion

CONTENT = b"%PDF-1.7 the case study"
NAME = 'Caf\u00e9 \u201cQ4\u201d; filename="x.html"\r\nx.pdf'
ELSEWHERE = "https://drive.example/deck?x=1"


def asset(ref: str, stage: str = "current", *versions: ShelfVersion, source: str = "") -> Request:
    """An asset on the shelf."""
    details = ShelfDetails(
        title="Fintech case study",
        whom_for="CFOs",
        use_when="In a first meeting.",
        asset_type="case_study",
        review_by=date(2027, 6, 1),
        source=source,
        record=ShelfRecord(versions=versions),
    )
    return Request(
        workflow="shelf",
        ref=ref,
        stage=stage,
        asker=ANA.user,
        details=details,
        created_at=NOW,
        since=NOW,
    )


def asked(ref: str, shelved_as: str) -> Request:
    """The request that the asset came of."""
    details = AssetDetails(
        requester_name="Ana Silva",
        requester_role="Sales rep",
        asset_type="case_study",
        kind="new",
        purpose="For the proposal to Initech.",
        deadline=date(2027, 2, 1),
        record=AssetRecord(shelved_as=shelved_as),
    )
    return Request(
        workflow="sales_asset",
        ref=ref,
        stage="closed",
        asker=ANA.user,
        details=details,
        created_at=NOW,
        since=NOW,
    )


def version(house: House, content: bytes, number: int = 1, mime: str = "text/html") -> ShelfVersion:
    """A version whose file is in the library."""
    sha256 = house.desk.library.keep(content)
    kept = Kept(sha256=sha256, name=NAME, mime=mime, size=len(content))
    return ShelfVersion(number=number, at=NOW, by=ANA.user, kept=kept)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """SHELF-1 came of AST-1; SHELF-2 is a link, SHELF-3 withdrawn, SHELF-4 not yet approved."""
    with open_house(tmp_path) as opened:
        first = version(opened, CONTENT)
        link = ShelfVersion(number=1, at=NOW, by=ANA.user, link=ELSEWHERE)
        with opened.database.unit() as unit:
            for request in (
                asset("SHELF-1", "current", first, source="AST-1"),
                asked("AST-1", "SHELF-1"),
                asset("SHELF-2", "outdated", link),
                asset("SHELF-3", "withdrawn", first),
                asset("SHELF-4", "approval", first),
                asset("SHELF-5", "approval"),
                asked("AST-2", ""),
            ):
                unit.requests.add(request, f"test:{request.ref}")
            unit.commit()
        yield opened


@pytest.fixture
def elapsed() -> dict[str, float]:
    return {"s": 0.0}


@pytest.fixture
async def web(house: House, elapsed: dict[str, float]) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the door."""
    with ThreadPoolExecutor(4) as pool:
        app = Starlette(routes=shelf.routes(house.desk, pool, (), lambda: elapsed["s"]))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client:
            yield client


def link_to(house: House, ref: str, user: str = ANA.user) -> str:
    return url_of(house.desk, ref, user, house.clock.now())


async def test_a_personal_link_gives_the_file_to_keep_and_never_to_run(
    house: House, web: httpx.AsyncClient
) -> None:
    answer = await web.get(link_to(house, "SHELF-1"))

    assert (answer.status_code, answer.content) == (200, CONTENT)
    headers = answer.headers
    assert headers["content-type"].startswith("text/html")
    assert headers["content-disposition"].startswith("attachment; filename*=UTF-8''Caf%C3%A9")
    assert not set(headers["content-disposition"].partition("''")[2]) & set('"; \r\n')
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


async def test_the_permanent_link_alone_says_to_open_slack(web: httpx.AsyncClient) -> None:
    for path in ("/a/AST-1", "/a/SHELF-1", "/a/ast-1", "/a/SHELF-1?k=", "/a/SHELF-2"):
        page = await web.get(path)
        assert page.status_code == 200, path
        assert "from Slack" in page.text
        assert "/asset find" in page.text
        assert "Fintech" not in page.text
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    for method in ("POST", "PUT", "DELETE"):
        assert (await web.request(method, "/a/AST-1")).status_code == 405


UNKNOWN = (
    *("AST-2", "AST-99", "SHELF-0", "SOW-7", "SHELF-", "AST-" + "9" * 30),
    *("..%2F..%2Fetc", "AST-1%00", "<b>", "AST-1'--"),
    *("\N{FULLWIDTH DIGIT ONE}", "AST-\N{ARABIC-INDIC DIGIT ONE}"),
)


@pytest.mark.parametrize("name", UNKNOWN)
async def test_an_unknown_name_is_nowhere(web: httpx.AsyncClient, name: str) -> None:
    page = await web.get(f"/a/{name}")

    assert page.status_code == 404
    if "text/html" in page.headers["content-type"]:
        assert "There is no asset under this address." in page.text
        assert "mail" not in page.text


async def test_a_link_that_was_altered_by_one_byte_opens_nothing(
    house: House, web: httpx.AsyncClient, elapsed: dict[str, float]
) -> None:
    link = link_to(house, "SHELF-1")
    start = link.index("?k=") + 3
    altered = [f"{link[:at]}{other}{link[at + 1 :]}" for at, other in _others(link, start)]
    altered += [f"{link}{more}" for more in ("A", "=", "!", ".", "%00", "%C3%A9")]
    altered += [link[:-1], f"{link[:start]}.", f"{link[:start]}!", f"{link[:start]}a.b.c"]
    for each in altered:
        elapsed["s"] += 1
        answer = await web.get(each)
        assert (answer.status_code, CONTENT in answer.content) == (410, False), each
        assert "press Open in Slack again" in answer.text


def _others(link: str, start: int) -> Iterator[tuple[int, str]]:
    """Every place of the key with another letter; for the last place every other letter."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for at in range(start, len(link)):
        others = [each for each in letters if each != link[at]]
        yield from ((at, each) for each in (others if at == len(link) - 1 else others[:1]))


async def test_it_opens_this_asset_alone_for_this_person_and_for_fifteen_minutes(
    house: House, web: httpx.AsyncClient
) -> None:
    link = link_to(house, "SHELF-1")
    key = link.partition("?")[2]
    for ref in ("SHELF-2", "SHELF-3", "AST-1"):
        assert (await web.get(f"/a/{ref}?{key}")).status_code == 410, ref
    assert (await web.get(link_to(house, "SHELF-1", "UNOBODY"))).status_code == 410

    house.clock.at = NOW + HOLDS
    assert (await web.get(link)).status_code == 200
    house.later(seconds=1)
    assert (await web.get(link)).status_code == 410

    fresh = link_to(house, "SHELF-1")
    with house.database.unit() as unit:
        unit.people.put(replace(ANA, active=False))
        unit.commit()
    assert (await web.get(fresh)).status_code == 410


async def test_a_link_elsewhere_is_followed_and_what_is_not_on_the_shelf_is_not(
    house: House, web: httpx.AsyncClient
) -> None:
    answer = await web.get(link_to(house, "SHELF-2"))
    assert (answer.status_code, answer.headers["location"]) == (303, ELSEWHERE)
    assert answer.headers["referrer-policy"] == "no-referrer"
    for ref in ("SHELF-3", "SHELF-4", "SHELF-5"):
        gone = await web.get(link_to(house, ref))
        assert (gone.status_code, CONTENT in gone.content) == (410, False), ref
        assert "not on the shelf any more" in gone.text


async def test_a_link_always_leads_to_the_current_version(
    house: House, web: httpx.AsyncClient
) -> None:
    link = link_to(house, "SHELF-1")
    second = version(house, b"%PDF-1.7 newer", 2, "application/pdf")
    with house.database.unit() as unit:
        request = unit.requests.get("SHELF-1")
        assert request is not None
        versions = (*request.details.record.versions, second)
        details = replace(request.details, record=ShelfRecord(versions=versions))
        unit.requests.save(replace(request, details=details, version=request.version + 1))
        unit.commit()

    answer = await web.get(link)

    assert answer.content == b"%PDF-1.7 newer"
    assert answer.headers["content-type"] == "application/pdf"


async def test_a_damaged_or_missing_file_is_said_and_not_sent(
    house: House, web: httpx.AsyncClient, tmp_path: Path
) -> None:
    [file] = [each for each in (tmp_path / "library").rglob("*") if each.is_file()]
    file.write_bytes(CONTENT[:-1] + b"!")
    damaged = await web.get(link_to(house, "SHELF-1"))
    file.unlink()
    missing = await web.get(link_to(house, "SHELF-1"))

    for answer in (damaged, missing):
        assert answer.status_code == 503
        assert "cannot be fetched just now" in answer.text
        assert b"%PDF" not in answer.content


async def test_who_looks_too_often_waits(web: httpx.AsyncClient, elapsed: dict[str, float]) -> None:
    statuses = [(await web.get("/a/AST-1")).status_code for _ in range(301)]
    assert statuses == [200] * 300 + [429]
    held = await web.get("/a/AST-1")
    assert int(held.headers["retry-after"]) >= 1
    elapsed["s"] += 60
    assert (await web.get("/a/AST-1")).status_code == 200
