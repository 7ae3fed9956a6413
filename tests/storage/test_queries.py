"""Lists come from an index, in one query, however many requests there are."""

import re
from typing import Any

import pytest
from sqlalchemy import Connection, Executable, create_engine, event, text
from sqlalchemy.pool import NullPool

from bot.ports import Reach
from storage import claims, deals, request_queries, waiting
from storage.audit import BETWEEN, LAST_OF
from storage.cards import AMONG, AT, cards
from storage.database import Database
from storage.opinions import SINCE, opinions
from storage.outbox import STUCK, STUCK_ON_SQLITE, outbox
from storage.request_rows import requests
from tests.storage.examples import NOW, add, entry, later, record, sow
from workflows.request import Vote

pytestmark = pytest.mark.prove

MANY = 6000
DIANS = Reach(user="U_DIAN", held=(("sow", "acceptance"),))


@pytest.fixture
def full(url: str, database: Database) -> Database:
    """Thousands of requests, one in fifty of them open, and as many parcels, one in fifty due."""
    kept: dict[str, object] = {"details": {}, "findings": [], "questions": [], "assigned": {}}
    rows = [
        kept
        | {
            "ref": f"SOW-{n}",
            "workflow": "sow",
            "number": n,
            "stage": "acceptance" if n % 50 == 0 else "rejected",
            "open": n % 50 == 0,
            "version": 1,
            "step": 1,
            "round": 1,
            "asker": f"U{n % 300}",
            "owner": f"U{n % 200}",
            "assigned": {"executive": "U_HUGO"} if n % 1000 == 0 else {},
            "since": later(hours=n),
            "created_at": later(hours=n),
        }
        for n in range(MANY)
    ]
    parcels: list[dict[str, object]] = [
        {
            "key": f"p{n}",
            "kind": "notice",
            "address": f"user:U{n % 40}",
            "payload": {},
            "state": "due" if n % 2 else "sent",
            "due_at": later(hours=n - 100),
            "attempts": 0,
            "error": "451 try later" if n % 100 == 1 else "",
        }
        for n in range(MANY)
    ]
    patient = create_engine(url, poolclass=NullPool)
    with patient.begin() as connection:
        connection.execute(requests.insert(), rows)
        connection.execute(outbox.insert(), parcels)
        connection.execute(text("ANALYZE"))
    return database


def plan(connection: Connection, query: Executable, **bound: Any) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    found: list[str] = []

    def ask(_connection: Connection, cursor: Any, sql: str, values: Any, *_: object) -> None:  # noqa: ANN401 - the driver's
        cursor.execute(f"{explain} {sql}", values)
        found.extend(str(row[-1]) for row in cursor.fetchall())

    event.listen(connection, "before_cursor_execute", ask)
    connection.execute(query, bound).all()
    event.remove(connection, "before_cursor_execute", ask)
    return "\n".join(found)


def whole_table(plan: str, table: str) -> list[str]:
    """Return the lines of the plan that read all of ``table``."""
    return re.findall(
        rf"Seq Scan on {table}\b.*|SCAN {table}(?! USING (?:COVERING )?INDEX).*", plan
    )


def test_a_query_without_an_index_would_be_noticed(full: Database) -> None:
    with full._connections.begin() as connection:  # noqa: SLF001
        found = plan(connection, requests.select().where(requests.c.step == 2))
    assert whole_table(found, "requests")


def test_what_waits_for_somebody_comes_from_indexes(full: Database) -> None:
    reach = Reach(
        user="U7",
        held=(("sow", "acceptance"), ("sales_asset", "submitted")),
        asked=(("sow", "changes_requested"),),
        owned=(("sow", "drafting"),),
    )
    with full._connections.begin() as connection:  # noqa: SLF001
        dialect = connection.dialect.name
        page = plan(connection, waiting.page(reach, sow(since=NOW), 50, dialect))
        count = plan(connection, waiting.count(reach, None, dialect))
    for found in (page, count):
        assert whole_table(found, "requests") == []
        assert "ix_requests_stage" in found
        assert "ix_requests_given" in found


def test_open_requests_come_from_an_index(full: Database) -> None:
    query = request_queries.all_open().params(after="SOW-3", limit=50)
    with full._connections.begin() as connection:  # noqa: SLF001
        found = plan(connection, query)
    assert whole_table(found, "requests") == []


def test_the_last_move_comes_from_an_index(full: Database) -> None:
    record(full, *(entry(f"SOW-{n}") for n in range(300)))
    query = LAST_OF.params(wanted="SOW-3", actions=["accept"])
    with full._connections.begin() as connection:  # noqa: SLF001
        found = plan(connection, query)
    assert whole_table(found, "audit") == []


def test_opened_home_tabs_come_from_an_index(full: Database) -> None:
    row = {"ref": "home", "kind": "home", "step": 0, "channel": "", "ts": "", "shown": 0}
    rows = [row | {"id": f"c{n}", "address": f"home:U{n}"} for n in range(2000)]
    with full._connections.begin() as connection:  # noqa: SLF001
        connection.execute(cards.insert(), rows)
        connection.execute(text("ANALYZE cards"))
        found = plan(connection, AMONG.params(request="home", addresses=["home:U7", "home:U9"]))
    assert "uq_cards_ref_address_kind_step" in found or "sqlite_autoindex_cards" in found
    assert re.search(r"address = ANY|address=", found)


def test_the_card_of_a_thread_comes_from_an_index(full: Database) -> None:
    row = {"ref": "SOW-1", "kind": "decider", "channel": "D1", "shown": 1, "step": 0}
    rows = [row | {"id": f"c{n}", "ts": f"{n}.0", "address": f"user:U{n}"} for n in range(2000)]
    with full._connections.begin() as connection:  # noqa: SLF001
        connection.execute(cards.insert(), rows)
        connection.execute(text("ANALYZE cards"))
        found = plan(connection, AT.params(at="7.0", place="D1"))
    assert whole_table(found, "cards") == []
    assert "ix_cards_ts" in found


@pytest.mark.parametrize("in_one_workflow", [False, True])
def test_own_requests_come_from_an_index(full: Database, in_one_workflow: bool) -> None:  # noqa: FBT001
    query = request_queries.asked_by(in_one_workflow=in_one_workflow)
    values = {"user": "U7", "limit": 50} | ({"workflow": "sow"} if in_one_workflow else {})
    with full._connections.begin() as connection:  # noqa: SLF001
        found = plan(connection, query.params(**values))
    assert whole_table(found, "requests") == []
    assert "ix_requests_asker" in found


def test_due_parcels_come_from_an_index(full: Database) -> None:
    query = claims.FIRST.params(now=NOW, depth=80, limit=20)
    with full._connections.begin() as connection:  # noqa: SLF001
        found = plan(connection, query)
    assert whole_table(found, "outbox") == []
    assert "ix_outbox_due" in found


def test_parcels_are_leased_by_their_ids(full: Database) -> None:
    with full._connections.begin() as connection:  # noqa: SLF001
        found = plan(connection, claims.LEASE_PARCELS, ids=[7, 8], lease=9.0, lease_token="t")
    assert whole_table(found, "outbox") == []
    assert "pk_outbox" in found or "INTEGER PRIMARY KEY" in found


def test_failed_parcels_come_from_an_index(full: Database) -> None:
    with full._connections.begin() as connection:  # noqa: SLF001
        stuck = STUCK_ON_SQLITE if connection.dialect.name == "sqlite" else STUCK
        wanted = {"prefix": "p30", "length": 3}
        wanted |= {"saying": "", "said": 0}
        wanted |= {"beyond": "p30\U0010ffff"} if stuck is STUCK_ON_SQLITE else {}
        found = plan(connection, stuck.params(**wanted))
    assert whole_table(found, "outbox") == []
    assert "ix_outbox_failed" in found


def test_requests_at_a_stage_come_from_an_index(full: Database) -> None:
    query = request_queries.at_stage("sow", ["acceptance", "rejected"], "SOW-3", 50)
    with full._connections.begin() as connection:  # noqa: SLF001
        found = plan(connection, query)
    assert whole_table(found, "requests") == []
    assert "ix_requests_resting" in found


def test_a_span_of_the_audit_comes_from_an_index(full: Database) -> None:
    with full.unit() as unit:
        for n in range(3000):
            unit.audit.append(entry(f"SOW-{n}", at=later(hours=n)))
        unit.commit()
    query = BETWEEN.params(prefix="SOW-", length=4, since=NOW, until=later(hours=20))
    with full._connections.begin() as connection:  # noqa: SLF001
        connection.execute(text("ANALYZE audit"))
        found = plan(connection, query)
    assert "ix_audit_at" in found


def test_recent_opinions_come_from_an_index(full: Database) -> None:
    row = {"user": "U_ANA", "score": 4, "word": ""}
    rows = [row | {"ref": f"SOW-{n}", "at": later(hours=n)} for n in range(3000)]
    with full._connections.begin() as connection:  # noqa: SLF001
        connection.execute(opinions.insert(), rows)
        connection.execute(text("ANALYZE opinions"))
        found = plan(connection, SINCE.params(earliest=later(hours=2900)))
    assert "ix_opinions_at" in found


def test_the_newest_deals_come_from_an_index(full: Database) -> None:
    row = {"stage": "open", "contact_name": "", "contact_email": "", "owner_email": "", "url": ""}
    row |= {"name": "Rollout", "account": "Lighthouse Logistics", "folded": "rollout"}
    rows = [row | {"ref": f"D-{n}", "updated_at": later(hours=n)} for n in range(3000)]
    with full._connections.begin() as connection:  # noqa: SLF001
        connection.execute(deals.deals.insert(), rows)
        connection.execute(text("ANALYZE deals"))
        query = deals.search(connection.dialect.name).params(words=["rollout"], limit=20)
        found = plan(connection, query)
    assert "ix_deals_updated_at" in found


def test_a_list_is_one_query_however_long(database: Database) -> None:
    voted = [Vote("executive_approval", "executive", user, 1, NOW) for user in ("U_RYAN", "U_HUGO")]
    add(database, *(sow(f"SOW-{n}", votes=tuple(voted)) for n in range(20)))
    asked: list[str] = []
    engine = database._connections._engine  # noqa: SLF001 - nobody else has to listen
    with database.unit() as unit:
        event.listen(engine, "before_cursor_execute", lambda *call: asked.append(str(call[2])))
        for found in (
            unit.requests.asked_by("U_ANA", None),
            unit.requests.asked_by("U_ANA", "sow"),
            unit.requests.waiting(DIANS),
            unit.requests.at_stage("sow", ["acceptance", "drafting"]),
            [unit.requests.get("SOW-3")],
        ):
            assert [len(each.votes) for each in found if each] == [2] * len(found)
    assert len(asked) == 5
