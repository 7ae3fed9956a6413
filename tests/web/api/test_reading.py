"""The API as its clients use it: what each token sees, and what nobody is told apart."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from starlette.applications import Starlette

from bot.api import tokens
from tests.web.api.office import DECK, NOWHERE, add, client_of, fill, saying, served, token
from tests.web.review.house import ANA, JANE, NOW, PUBLIC, VISITOR, House, open_house
from tests.web.test_shelf import asked, asset
from web.review import showing

PATHS = (
    *("/api/requests", "/api/requests/SOW-7", "/api/requests/SOW-7/timeline"),
    *("/api/assets", "/api/assets/SHELF-1", "/api/assets/SHELF-1/timeline"),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'frontdesk.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def house(tmp_path: Path, url: str) -> Iterator[House]:
    with open_house(tmp_path, url=url) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def app(house: House) -> Iterator[Starlette]:
    with served(house) as opened:
        yield opened


async def test_there_is_no_api_before_there_is_a_token(house: House, app: Starlette) -> None:
    async with client_of(app, "fdk_crm_visibly-fake") as web:
        before = [await web.get(path) for path in (*PATHS, "/api/openapi.json")]
        token(house, "crm")
        after = [await web.get(path) for path in (*PATHS, "/api/openapi.json")]
    async with client_of(app) as web:
        described = await web.get("/api/openapi.json")

    assert {each.status_code for each in before} == {404}
    assert {each.status_code for each in after} == {401}
    assert described.json()["openapi"] == "3.1.0"


async def test_who_has_no_token_of_ours_is_told_how_to_get_one(
    house: House, app: Starlette
) -> None:
    good = token(house, "crm")
    gone = token(house, "gone")
    tokens.remove(house.database, "gone", NOW)
    wrong = ("", "x", "fdk_", "fdk_crm_", f"{good}x", good[:-1], gone, good.replace("crm", "crn"))
    for sent in wrong:
        async with client_of(app, sent) as web:
            for path in PATHS:
                answer = await web.get(path)
                assert answer.status_code == 401, sent
                assert answer.headers["www-authenticate"] == "Bearer"
                sentence = answer.json()["error"]["sentence"]
                assert "Authorization: Bearer" in sentence
                assert "Whoever runs Frontdesk" in sentence, "no admin can, in Slack"
    async with client_of(app, good) as web:
        assert {(await web.get(path)).status_code for path in PATHS} == {200}


@pytest.mark.parametrize(
    "change",
    [
        "private = true",
        "amounts = true",
        "submit = true",
        "name = 'crn'",
        "proof = 'caf\u00e9'",
        "proof = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
    ],
)
async def test_a_token_that_was_changed_around_the_bot_opens_nothing(
    house: House, app: Starlette, url: str, change: str
) -> None:
    good = token(house, "crm")
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE tokens SET {change}"))  # noqa: S608 - ours
    engine.dispose()

    for sent in (good, good.replace("crm", "crn")):
        async with client_of(app, sent) as web:
            assert (await web.get("/api/requests")).status_code == 401


async def test_a_token_without_more_sees_neither_amounts_nor_contacts(
    house: House, app: Starlette
) -> None:
    async with client_of(app, token(house, "crm")) as web:
        answers = [await web.get(path) for path in ("/api/requests", *PATHS)]
        found = (await web.get("/api/requests/sow-7")).json()
        ended = (await web.get("/api/requests/SOW-9")).json()

    assert found["details"]["amount"] is None
    assert "contact_email" not in found["details"]
    assert ended["details"]["need"] == "For [amount not shown]."
    said = " ".join(each.text for each in answers)
    assert str(house.request.details.amount.amount) not in said
    assert JANE[0] not in said
    assert JANE[1] not in said
    assert ANA.email not in said
    assert "drive.example" not in said


async def test_a_token_with_amounts_sees_them(house: House, app: Starlette) -> None:
    async with client_of(app, token(house, "crm", amounts=True)) as web:
        found = (await web.get("/api/requests/SOW-7")).json()
        ended = (await web.get("/api/requests/SOW-9")).json()

    money = house.request.details.amount
    said = {"amount": str(money.amount), "currency": money.currency}
    assert found["details"]["amount"] == said
    assert (found["details"]["contact_name"], found["details"]["contact_email"]) == JANE
    assert ended["details"]["need"] == "For $75,000."


async def test_a_request_is_said_as_it_stands(house: House, app: Starlette) -> None:
    async with client_of(app, token(house, "crm")) as web:
        found = (await web.get("/api/requests/SOW-7")).json()

    assert found["stage"] == {"name": "with_client", "label": "With the client"}
    assert found["open"] is True
    assert found["asked_by"] == {"id": ANA.user, "name": ANA.name}
    assert found["waiting_for"] == [{"id": "client", "name": "client"}]
    assert found["details"]["client"] == "Globex Corporation"
    assert found["details"]["needed_by"] == "2027-01-11"
    assert found["asked_at"] == NOW.isoformat()
    assert found["link"].endswith("/requests/SOW-7")
    assert "record" not in found["details"]


async def test_what_is_private_is_told_from_nothing_by_nobody(house: House, app: Starlette) -> None:
    async with client_of(app, token(house, "crm", amounts=True)) as web:
        for path in ("", "/timeline"):
            hidden = await web.get(f"/api/requests/SOW-8{path}")
            nothing = await web.get(f"/api/requests/SOW-88{path}")
            assert hidden.status_code == nothing.status_code == 404
            assert hidden.json() == nothing.json() == NOWHERE
        for query in ({}, {"client": "Initech"}, {"limit": "1"}):
            listed = await all_of(web, "/api/requests", **query)
            assert "SOW-8" not in listed
    async with client_of(app, token(house, "auditing", private=True)) as web:
        assert (await web.get("/api/requests/SOW-8")).json()["private"] is True
        assert await all_of(web, "/api/requests", client="Initech") == ["SOW-8"]


async def test_what_an_earlier_release_has_filed_names_no_private_request_either(
    house: House, app: Starlette, url: str
) -> None:
    with create_engine(url, poolclass=NullPool).begin() as database:
        found = database.execute(text("UPDATE filed SET term = replace(term, '! ', ' ')"))
        assert found.rowcount > 0
    async with client_of(app, token(house, "crm", amounts=True)) as web:
        for query in ({"client": "Initech"}, {"limit": "1"}):
            answer = await web.get("/api/requests", params=query)
            assert "SOW-8" not in answer.text
            assert "SOW-8" not in await all_of(web, "/api/requests", **query)


async def test_a_cursor_is_a_place_in_the_list_of_all_requests(
    house: House, app: Starlette
) -> None:
    async with client_of(app, token(house, "crm", private=True)) as web:
        ended = await all_of(web, "/api/requests", open="false")
        among_open, among_ended = "open:1:SOW-1", "ended:999999999999999999:SOW-999999999"
        after_open = await all_of(web, "/api/requests", open="false", cursor=among_open)
        after_ended = await all_of(web, "/api/requests", open="true", cursor=among_ended)
    assert (after_open, after_ended) == (ended, [])
    assert ended


async def test_an_asset_does_not_name_the_private_request_that_it_came_of(
    house: House, app: Starlette
) -> None:
    private = saying(asked("AST-5", "SHELF-5"), private=True)
    add(house, private, asset("SHELF-5", "current", DECK, source="AST-5"))
    async with client_of(app, token(house, "crm", amounts=True)) as web:
        assert (await web.get("/api/requests/AST-5")).status_code == 404
        for path in ("/api/assets/AST-5", "/api/assets/AST-5/timeline"):
            assert (await web.get(path)).json() == NOWHERE
        found = (await web.get("/api/assets/SHELF-5")).json()
        assert (found["source"], found["link"]) == (None, f"{PUBLIC}/a/SHELF-5")
        listed = (await web.get("/api/assets")).json()
        request = (await web.get("/api/requests/SHELF-5")).json()
        assert "AST-5" not in str((listed, request))
    async with client_of(app, token(house, "auditing", private=True)) as web:
        found = (await web.get("/api/assets/AST-5")).json()
        assert (found["source"], found["link"]) == ("AST-5", f"{PUBLIC}/a/AST-5")


async def test_sums_are_left_out_of_the_texts_of_what_has_no_amount(
    house: House, app: Starlette
) -> None:
    add(house, saying(asked("AST-6", "SHELF-6"), purpose="For Globex, worth $250,000."))
    async with client_of(app, token(house, "crm")) as web:
        said = (await web.get("/api/requests/AST-6")).json()["details"]["purpose"]
        assert "250,000" not in said
        assert said.startswith("For Globex")
    async with client_of(app, token(house, "data", amounts=True)) as web:
        said = (await web.get("/api/requests/AST-6")).json()["details"]["purpose"]
        assert "250,000" in said


async def test_nothing_is_read_of_whoever_may_not_hand_it_in(house: House, app: Starlette) -> None:
    async def body() -> AsyncIterator[bytes]:
        read.append(True)
        yield b"{}"

    read: list[bool] = []
    for key, status in (("fdk_nobody_x", 401), (token(house, "reader"), 403)):
        async with client_of(app, key) as web:
            sent = await web.post(
                "/api/requests", content=body(), headers={"Content-Type": "application/json"}
            )
        assert (sent.status_code, read) == (status, [])


async def all_of(web: httpx.AsyncClient, path: str, **query: str) -> list[str]:
    """Return the references on all pages."""
    found, cursor = list[str](), dict[str, str]()
    while True:
        page = (await web.get(path, params=query | cursor)).json()
        found += [each["ref"] for each in page["items"]]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ({"workflow": "sow"}, ["SOW-7", "SOW-9"]),
        ({"workflow": "sow", "limit": "1"}, ["SOW-7", "SOW-9"]),
        ({"workflow": "sow", "open": "true"}, ["SOW-7"]),
        ({"workflow": "sow", "open": "false"}, ["SOW-9"]),
        ({"stage": "with_client"}, ["SOW-7"]),
        ({"stage": "closed"}, ["AST-1"]),
        ({"asked_by": ANA.user, "workflow": "sow"}, ["SOW-7", "SOW-9"]),
        ({"asked_by": "U0NOBODY"}, []),
        ({"client": "globex"}, ["SOW-7", "SOW-9"]),
        ({"client": "globex", "words": "initech"}, []),
        ({"words": "proposal"}, ["AST-1"]),
        ({"words": "..."}, []),
    ],
)
async def test_requests_are_found_by_what_is_asked(
    house: House, app: Starlette, query: dict[str, str], right: list[str]
) -> None:
    async with client_of(app, token(house, "crm")) as web:
        assert await all_of(web, "/api/requests", **query) == right


async def test_every_page_follows_the_one_before(house: House, app: Starlette) -> None:
    async with client_of(app, token(house, "crm")) as web:
        whole = await all_of(web, "/api/requests", limit="100")
        assert len(whole) == len(set(whole)) == 7
        for limit in ("1", "2", "3"):
            assert sorted(await all_of(web, "/api/requests", limit=limit)) == sorted(whole)


async def test_open_requests_come_first_and_then_the_last_that_ended(
    house: House, app: Starlette
) -> None:
    put(house, "SOW-10", "drafting", NOW + timedelta(days=3))
    put(house, "SOW-11", "closed", NOW + timedelta(days=4), ended=NOW + timedelta(days=5))
    put(house, "SOW-12", "closed", NOW + timedelta(days=1), ended=NOW + timedelta(days=6))
    async with client_of(app, token(house, "crm")) as web:
        for limit in ("1", "2", "100"):
            whole = await all_of(web, "/api/requests", workflow="sow", limit=limit)
            assert whole == ["SOW-10", "SOW-7", "SOW-12", "SOW-11", "SOW-9"]


@pytest.mark.parametrize("limit", ["1", "2"])
async def test_who_goes_through_all_pages_misses_nothing_that_ends_meanwhile(
    house: House, app: Starlette, limit: str
) -> None:
    put(house, "SOW-10", "drafting", NOW + timedelta(days=3))
    seen, cursor = list[str](), dict[str, str]()
    async with client_of(app, token(house, "crm")) as web:
        for nth in range(20):
            query = {"workflow": "sow", "limit": limit} | cursor
            page = (await web.get("/api/requests", params=query)).json()
            seen += [each["ref"] for each in page["items"]]
            if nth == 0:
                ends(house, "SOW-7", NOW + timedelta(days=9))
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}

    assert {*seen} == {"SOW-7", "SOW-9", "SOW-10"}


def put(
    house: House, ref: str, stage: str, asked_at: datetime, ended: datetime | None = None
) -> None:
    request = replace(
        house.request, ref=ref, stage=stage, created_at=asked_at, since=ended or asked_at
    )
    with house.database.unit() as unit:
        unit.requests.add(request, f"test:{ref}")
        unit.commit()


def ends(house: House, ref: str, at: datetime) -> None:
    with house.database.unit() as unit:
        found = unit.requests.get(ref)
        assert found is not None
        unit.requests.save(replace(found, stage="rejected", version=found.version + 1, since=at))
        unit.commit()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/requests?workflow=nothing", "workflow"),
        ("/api/requests?stage=nothing", "stage"),
        ("/api/requests?open=maybe", "open"),
        ("/api/requests?open=true&open=false", "open"),
        ("/api/requests?asked_by=ana", "asked_by"),
        ("/api/requests?limit=0", "limit"),
        ("/api/requests?limit=101", "limit"),
        ("/api/requests?limit=%C2%B2", "limit"),
        ("/api/requests?cursor=x", "cursor"),
        ("/api/requests?cursor=%C3%A9", "cursor"),
        ("/api/requests?cursor=1:SOW-7", "cursor"),
        ("/api/requests?client=", "client"),
        ("/api/requests?colour=red", "colour"),
        ("/api/assets?status=withdrawn", "status"),
        ("/api/requests/SOW-7?limit=1", "limit"),
        ("/api/requests/SOW-88?limit=1", "limit"),
    ],
)
async def test_what_cannot_be_understood_is_said_by_parameter(
    house: House, app: Starlette, path: str, field: str
) -> None:
    async with client_of(app, token(house, "crm")) as web:
        answer = await web.get(path)

    assert answer.status_code == 422
    error = answer.json()["error"]
    assert list(error["fields"]) == [field]
    assert error["fields"][field].endswith(".")


async def test_a_timeline_says_what_was_done_and_by_whom(house: House, app: Starlette) -> None:
    house.later(hours=1)
    showing.show(house.desk, house.jane, VISITOR)
    house.does("client_request_changes", "client", "Not above $30,000, please.")
    async with client_of(app, token(house, "crm")) as web:
        told = (await web.get("/api/requests/SOW-7/timeline")).json()
    async with client_of(app, token(house, "data", amounts=True)) as web:
        whole = (await web.get("/api/requests/SOW-7/timeline")).json()

    assert "client_fetched" not in {each["action"] for each in told["facts"]}
    assert [each["action"] for each in told["facts"]] == ["send", "client_request_changes"]
    last = told["facts"][-1]
    assert (last["from"], last["to"]) == ("with_client", "client_changes")
    assert last["by"] == {"id": "client", "name": "client"}
    assert last["reason"] == "Not above [amount not shown], please."
    assert whole["facts"][-1]["reason"] == "Not above $30,000, please."
    assert VISITOR.ip not in str(whole)


async def test_assets_are_those_on_the_shelf(house: House, app: Starlette) -> None:
    async with client_of(app, token(house, "crm")) as web:
        assert sorted(await all_of(web, "/api/assets", limit="1")) == ["SHELF-1", "SHELF-2"]
        assert await all_of(web, "/api/assets", status="outdated") == ["SHELF-2"]
        assert await all_of(web, "/api/assets", words="fintech", status="current") == ["SHELF-1"]
        first = (await web.get("/api/assets/SHELF-1")).json()
        same = (await web.get("/api/assets/AST-1")).json()
        withdrawn = (await web.get("/api/assets/SHELF-3")).json()
        missing = [await web.get(f"/api/assets/{ref}") for ref in ("SHELF-4", "SOW-7", "AST-2")]

    assert first == same
    assert (first["status"], first["asset_version"]) == ("current", 2)
    assert first["link"].endswith("/a/AST-1")
    assert withdrawn["status"] == "withdrawn"
    assert [each.json() for each in missing] == [NOWHERE] * 3


async def test_every_use_is_counted_and_limited(house: House) -> None:
    elapsed = {"s": 0.0}
    with served(house, lambda: elapsed["s"]) as app:
        other = token(house, "other")
        async with client_of(app, token(house, "crm")) as web:
            statuses = [(await web.get("/api/requests/SOW-1")).status_code for _ in range(122)]
            held = await web.get("/api/requests")
        async with client_of(app, other) as web:
            assert (await web.get("/api/requests")).status_code == 200
        elapsed["s"] += 60
    assert statuses == [404] * 120 + [429] * 2
    assert int(held.headers["retry-after"]) >= 1
    with house.database.unit() as unit:
        crm, second = unit.tokens.all()
        assert (crm.uses, second.uses) == (120, 1)
        assert crm.used_at == NOW


async def test_an_address_that_knocks_without_end_is_held(house: House) -> None:
    with served(house, lambda: 0.0) as app:
        token(house, "crm")
        async with client_of(app) as web:
            statuses = [(await web.get("/api/requests")).status_code for _ in range(602)]
    assert statuses == [401] * 600 + [429] * 2


async def test_nothing_is_changed_by_reading(house: House, app: Starlette) -> None:
    async with client_of(app, token(house, "crm")) as web:
        for path in PATHS:
            for method in ("PUT", "PATCH", "DELETE"):
                assert (await web.request(method, path)).status_code == 405
