"""Another system's ticket becomes a request of its person, once; or a draft that they send."""

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine
from sqlalchemy import text as sql
from sqlalchemy.pool import NullPool
from starlette.applications import Starlette

from bot import housekeeping
from bot.api import tokens
from bot.api.tokens import Grants
from tests.journeys.house import House, decide, open_house
from tests.web.api.office import client_of
from web import api

ANA, MIA = "ana@harborlight.example", "mia@harborlight.example"
COMPLETE: dict[str, object] = {
    "client": "Globex",
    "client_type": "10x",
    "need": "A pilot in one region.",
    "amount": {"amount": "8000.00", "currency": "USD"},
    "contact_name": "Jane Doe",
    "contact_email": "jane@globex.example",
    "needed_by": "2027-01-11",
    "deliverables": ["A report", "A workshop"],
}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def house(tmp_path: Path, url: str) -> AsyncIterator[House]:
    async with open_house(tmp_path, database_url=url) as opened:
        yield opened


class Tracker:
    """A project tool with a token."""

    def __init__(self, house: House, name: str = "tracker", **grants: bool) -> None:
        key = tokens.key_of(house.frontdesk.desk.link_key)
        text = tokens.make(house.frontdesk.database, key, name, Grants(**grants), house.clock.now())
        self._url = f"{house.frontdesk.server.url}/api/requests"
        self.headers = {"authorization": f"Bearer {text}"}

    async def sends(self, body: object, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): each for name, each in headers.items()}
        async with httpx.AsyncClient(headers=self.headers | named, timeout=30) as web:
            return await web.post(self._url, json=body)

    async def hands_in(self, ticket: str, /, **fields: object) -> httpx.Response:
        return await self.sends({"workflow": "sow", "by": ANA, "ticket": ticket, "fields": fields})

    async def sends_raw(self, content: bytes, kind: str) -> httpx.Response:
        async with httpx.AsyncClient(headers=self.headers, timeout=30) as web:
            return await web.post(self._url, content=content, headers={"content-type": kind})


async def test_a_whole_ticket_is_submitted_and_its_person_told(house: House) -> None:
    tracker = Tracker(house, submit=True)
    answer = await tracker.hands_in("PRJ-1042", **COMPLETE, large_client=False)

    assert answer.status_code == 201
    assert answer.json()["ref"] == "SOW-1"
    request = house.request("SOW-1")
    assert request.asker == house.person("ana").id
    assert request.stage == "acceptance"
    assert request.details.deliverables == ("A report", "A workshop")
    letter = await house.person("ana").dm_with_bot().wait_for("in your name")
    assert "PRJ-1042" in letter.text
    assert "tracker" in letter.text
    await decide(await house.person("dian").dm_with_bot().wait_for("SOW-1"), "Accept")
    assert house.request("SOW-1").owner == house.person("dian").id
    assert "take_ticket" in house.audited("SOW-1")


async def test_the_same_ticket_is_one_request(house: House) -> None:
    tracker, other = Tracker(house, submit=True), Tracker(house, "erp", submit=True)
    answers = await asyncio.gather(*(tracker.hands_in("PRJ-1", **COMPLETE) for _ in range(6)))
    again = await tracker.hands_in("PRJ-1", client="Something else")
    elsewhere = await other.hands_in("PRJ-1", **COMPLETE)
    named = {"workflow": "sow", "by": ANA, "fields": COMPLETE}
    by_key = [await tracker.sends(named, Idempotency_Key="abc") for _ in range(2)]

    assert sorted(each.status_code for each in answers) == [200] * 5 + [201]
    assert {each.json()["ref"] for each in (*answers, again)} == {"SOW-1"}
    assert again.status_code == 200
    assert (elsewhere.status_code, elsewhere.json()["ref"]) == (201, "SOW-2")
    assert [(each.status_code, each.json()["ref"]) for each in by_key] == [
        (201, "SOW-3"),
        (200, "SOW-3"),
    ]
    assert house.refs("ana") == ["SOW-3", "SOW-2", "SOW-1"]


async def test_what_is_missing_its_person_adds_in_slack(house: House) -> None:
    tracker, ana = Tracker(house, submit=True), house.person("ana")
    home = await ana.open_home()
    lacking = {name: each for name, each in COMPLETE.items() if name not in ("amount", "client")}
    answer = await tracker.hands_in("PRJ-7", **lacking)

    assert answer.status_code == 202
    assert answer.json()["status"] == "draft"
    assert answer.json()["ref"] is None
    assert set(answer.json()["missing"]) == {"amount", "client"}
    assert house.refs("ana") == []
    await home.wait_for_text("A pilot in one region.")
    letter = await ana.dm_with_bot().wait_for("PRJ-7")
    assert "Client, Amount" in letter.text
    assert (await tracker.hands_in("PRJ-7", **COMPLETE)).json()["status"] == "draft"

    form = await (await letter.click("Go on")).modal_opened()
    await form.fill(client="Globex", amount="8,000")
    assert (await form.submit()).closed
    assert house.refs("ana") == ["SOW-1"]
    request = house.request("SOW-1")
    assert request.details.need == COMPLETE["need"]
    again = await tracker.hands_in("PRJ-7", **COMPLETE)
    assert (again.status_code, again.json()["ref"]) == (200, "SOW-1")


WRONG: tuple[tuple[object, set[str]], ...] = (
    ({}, {"workflow", "by", "ticket"}),
    ([], {"body"}),
    ({"by": "nobody@harborlight.example"}, {"by"}),
    ({"by": "%"}, {"by"}),
    ({"workflow": "coffee"}, {"workflow"}),
    ({"ticket": " "}, {"ticket"}),
    ({"ticket": "x" * 201}, {"ticket"}),
    ({"colour": "red"}, {"colour"}),
    ({"fields": []}, {"fields"}),
    ({"fields": COMPLETE | {"colour": "red"}}, {"colour"}),
    ({"fields": COMPLETE | {"needed_by": "2020-01-01"}}, {"needed_by"}),
    ({"fields": COMPLETE | {"needed_by": "soon"}}, {"needed_by"}),
    ({"fields": COMPLETE | {"client_type": "big"}}, {"client_type"}),
    ({"fields": COMPLETE | {"contact_email": "jane"}}, {"contact_email"}),
    ({"fields": COMPLETE | {"amount": {"amount": "8000"}}}, {"amount"}),
    ({"fields": COMPLETE | {"amount": "-1"}}, {"amount"}),
    ({"fields": COMPLETE | {"large_client": "yes"}}, {"large_client"}),
    ({"fields": COMPLETE | {"client_type_other": "unasked"}}, {"client_type_other"}),
    ({"fields": COMPLETE | {"files": ["F1"]}}, {"files"}),
    ({"fields": {"client": ["a"], "needed_by": True}}, {"client", "needed_by"}),
    ({"fields": COMPLETE | {"start": "soon", "need": 1.5}}, {"need", "start"}),
    ({"fields": COMPLETE | {"deliverables": "A report"}}, {"deliverables"}),
    ({"workflow": "shelf", "by": MIA, "fields": {"industries": "Fintech"}}, {"industries"}),
    ({"workflow": "sales_asset", "fields": {"goal": "Nobody keeps any"}}, {"goal"}),
)
"""What is sent in the place of a whole ticket, or over it; and the fields that are named."""


async def test_what_is_wrong_is_said_by_field_and_nothing_is_kept(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        tracker = Tracker(house, submit=True)
        whole = {"workflow": "sow", "by": ANA, "ticket": "PRJ-1", "fields": COMPLETE}
        for body, fields in WRONG:
            answer = await tracker.sends(whole | body if isinstance(body, dict) and body else body)
            assert answer.status_code == 422, (body, answer.text)
            said = answer.json()["error"]["fields"]
            assert set(said) == fields, body
            assert all(each.endswith(".") for each in said.values()), said

        assert house.refs("ana") == []
        assert house.drafts("ana") == []
        assert (await tracker.sends(whole)).status_code == 201


async def test_a_ticket_gives_nobody_more_than_the_form_does(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        tracker, reader = Tracker(house, submit=True), Tracker(house, "reader", amounts=True)
        refused = await reader.hands_in("PRJ-1", **COMPLETE)
        template = {"workflow": "template", "by": ANA, "ticket": "PRJ-2", "fields": {}}
        barred = await tracker.sends(template)
        large = COMPLETE | {"amount": "250000"}
        approved = await tracker.hands_in("PRJ-3", **large)

        assert refused.status_code == 403
        assert barred.status_code == 422
        assert barred.json()["error"]["fields"] == {
            "by": "They cannot ask for a document template; an admin can add them, under Settings "
            "in Slack."
        }
        assert approved.status_code == 201
        assert house.request("SOW-1").stage == "executive_approval"
        assert house.request("SOW-1").votes == ()


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"fields": {"amount": NaN}}', "application/json", 400),
        (b'{"fields": {"amount": 1e-99999999999999999999}}', "application/json", 400),
        (b'{"ticket": "\\ud800"}', "application/json", 400),
        (b'{"\\ud800": 1}', "application/json", 400),
        (b'{"fields": {"\\ud800": 1}}', "application/json", 400),
        (b'{"workflow": "sow"}', "text/plain", 415),
        (b'"' + b"x" * 300_000 + b'"', "application/json", 413),
    ],
)
async def test_what_is_no_ticket_is_not_read(
    tmp_path: Path, content: bytes, kind: str, status: int
) -> None:
    async with open_house(tmp_path) as house:
        answer = await Tracker(house, submit=True).sends_raw(content, kind)
        assert answer.status_code == status
        assert answer.json()["error"]["sentence"].endswith(".")


async def test_the_served_bot_answers_in_json_where_nothing_is(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        headers = Tracker(house).headers
        async with httpx.AsyncClient(headers=headers, timeout=30) as web:
            url = f"{house.frontdesk.server.url}/api"
            nowhere = await web.get(f"{url}/tickets")
            wrong = await web.delete(f"{url}/requests/SOW-1")
            outside = await web.get(f"{url}-docs")
        assert (nowhere.status_code, nowhere.json()["error"]["code"]) == (404, "not_found")
        assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, HEAD")
        assert wrong.json()["error"]["code"] == "wrong_method"
        assert outside.status_code == 404


async def test_a_discarded_draft_stays_discarded(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        tracker = Tracker(house, submit=True)
        await tracker.hands_in("PRJ-7", client="Globex")
        [draft] = house.drafts("ana")
        with house.frontdesk.database.unit() as unit:
            unit.drafts.drop(draft.id, draft.user)
            unit.commit()
        answer = await tracker.hands_in("PRJ-7", **COMPLETE)

        assert (answer.status_code, answer.json()["status"]) == (200, "discarded")
        assert house.refs("ana") == []


async def test_what_is_submitted_at_that_very_moment_is_not_called_discarded(
    tmp_path: Path, postgres_url: str
) -> None:
    waiting = sql(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'drafts'::regclass"
    )
    engine = create_engine(postgres_url, poolclass=NullPool)
    async with open_house(tmp_path, database_url=postgres_url) as house:
        tracker = Tracker(house, submit=True)
        await tracker.hands_in("PRJ-7", client="Globex")
        [draft] = house.drafts("ana")
        await house.quiet()

        def is_asked() -> bool:
            with engine.connect() as looking:
                return bool(looking.execute(waiting).scalar())

        with engine.begin() as submitting:
            submitting.execute(sql("LOCK TABLE drafts"))
            again = asyncio.create_task(tracker.hands_in("PRJ-7"))
            await house.until(is_asked, "it is asked what became of it")
            key = {"key": draft.id}
            submitting.execute(sql("DELETE FROM drafts WHERE id = :key"), key)
            submitting.execute(sql("UPDATE tickets SET ref = 'SOW-1' WHERE key = :key"), key)
        answer = (await again).json()

    assert (answer["status"], answer["ref"]) == ("submitted", "SOW-1")


async def test_a_ticket_whose_draft_ran_out_is_a_new_one(house: House) -> None:
    tracker, ana = Tracker(house, submit=True), house.person("ana")
    desk, now = house.frontdesk.desk, house.clock.now()
    await tracker.hands_in("PRJ-7", client="Globex")
    await tracker.hands_in("PRJ-8", client="Initech")
    await tracker.hands_in("PRJ-9", **COMPLETE)
    await ana.dm_with_bot().wait_for("PRJ-7")
    [initech] = [each for each in house.drafts("ana") if each.state["client"] == "Initech"]
    with house.frontdesk.database.unit() as unit:
        unit.drafts.save(replace(initech, at=now + timedelta(days=10)))  # somebody goes on with it
        unit.commit()

    await asyncio.to_thread(housekeeping.forget, desk, now + timedelta(days=29))
    before = await tracker.hands_in("PRJ-7", **COMPLETE)
    await asyncio.to_thread(housekeeping.forget, desk, now + timedelta(days=31))
    answers = [await tracker.hands_in(f"PRJ-{each}", **COMPLETE) for each in (7, 8, 9)]

    assert (before.status_code, before.json()["status"]) == (200, "draft")
    assert [(each.status_code, each.json()["status"]) for each in answers] == [
        (201, "submitted"),
        (200, "draft"),
        (200, "submitted"),
    ]
    assert [each.json()["ref"] for each in answers] == ["SOW-2", None, "SOW-1"]
    await house.quiet()
    letters = [each.text for each in ana.dm_with_bot().cards("in your name")]
    assert len([each for each in letters if "PRJ-7" in each and "SOW-2" in each]) == 1
    assert house.frontdesk.database.verify_audit() == []


async def test_tickets_do_not_flood_a_person(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        desk, grants = house.frontdesk.desk, Grants(submit=True)
        key, now = tokens.key_of(desk.link_key), house.clock.now()
        text, other = (
            tokens.make(house.frontdesk.database, key, name, grants, now) for name in ("a", "b")
        )
        said = {"workflow": "sow", "by": ANA, "fields": {"client": "Globex"}}
        ben = said | {"by": "ben@harborlight.example"}
        with ThreadPoolExecutor(2) as pool:
            app = Starlette(routes=api.routes(desk, pool, (), lambda: 0.0))
            async with client_of(app, text) as web, client_of(app, other) as elsewhere:
                first = [
                    await web.post("/api/requests", json=said | {"ticket": f"PRJ-{each}"})
                    for each in range(20)
                ]
                one_more = await web.post("/api/requests", json=said | {"ticket": "PRJ-20"})
                by_other = await elsewhere.post("/api/requests", json=said | {"ticket": "PRJ-20"})
                again = await web.post("/api/requests", json=said | {"ticket": "PRJ-3"})
                for_ben = await web.post("/api/requests", json=ben | {"ticket": "PRJ-21"})

        assert {each.status_code for each in first} == {202}
        assert (one_more.status_code, one_more.headers["retry-after"]) == (429, "3")
        assert by_other.status_code == 429
        assert (again.status_code, for_ben.status_code) == (200, 202)
        assert len(house.drafts("ana")) == 20


@pytest.mark.parametrize("broken", ["\\ud800", "\\u0000"])
async def test_what_no_text_can_hold_is_refused_with_a_sentence(house: House, broken: str) -> None:
    tracker = Tracker(house, submit=True)
    whole = json.dumps({"workflow": "sow", "by": ANA, "ticket": "PRJ-1", "fields": COMPLETE})
    spoilt = [
        whole.replace(each, f"{each}{broken}")
        for each in ("PRJ-1", "Globex", "A workshop", "deliverables", "harborlight", "workflow")
    ]
    answers = [await tracker.sends_raw(each.encode(), "application/json") for each in spoilt]
    right = whole.replace("Globex", "Globex \\\\u0000 \\ud83d\\ude00")
    taken = await tracker.sends_raw(right.encode(), "application/json")

    assert {each.status_code for each in answers} == {400}
    assert {each.json()["error"]["code"] for each in answers} == {"unreadable"}
    assert taken.status_code == 201
    assert house.request("SOW-1").details.client == "Globex \\u0000 \U0001f600"
