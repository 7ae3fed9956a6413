"""A request that was changed around the bot is named, whatever was changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from storage.chain import Link, canonical
from storage.database import Database
from storage.migrate import downgrade, migrate
from storage.states import STATE, Snapshot, Witness, digest
from tests.storage.conftest import Open
from tests.storage.examples import KEY, NOW, entry, later, sow
from tests.storage.test_requests import EVERYTHING
from tests.storage.test_round_trips import HOSTILE
from workflows.request import Request


def put_on_record(database: Database, request: Request) -> None:
    """Store a request with its audit row, as the bot does."""
    with database.unit() as unit:
        if request.version == 1:
            unit.requests.add(request, "")
        else:
            unit.requests.save(request)
        unit.audit.append(entry(request.ref, version=request.version))
        unit.commit()


def around_the_bot(url: str, statement: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def recorded(database: Database) -> Iterator[Database]:
    """Three requests on record, the second of which has moved."""
    put_on_record(database, EVERYTHING)
    put_on_record(database, sow("SOW-2"))
    put_on_record(database, sow("SOW-2", version=2, stage="drafting", owner="U_DIAN"))
    put_on_record(database, sow("SOW-3"))
    assert database.verify_audit() == []
    yield database
    assert database.verify_audit() != []


@pytest.mark.parametrize(
    "change",
    [
        "stage = 'executive_approval'",
        "owner = 'U_GUS'",
        "version = 3",
        "step = 9",
        "round = 2",
        "held = 'acceptance'",
        "asker = 'U_GUS'",
        "open = (1 = 0)",
        "due_on = '2027-01-01'",
        """assigned = '{"": "U_GUS"}'""",
        """findings = '[{"rule": "executive_needed"}]'""",
        "since = '2026-11-20 09:30:00.123457'",
        "details = replace(cast(details as text), '800000', '800')",
    ],
)
def test_an_altered_request_is_named(recorded: Database, url: str, change: str) -> None:
    if "sqlite" not in url:
        change = change.replace("'800')", "'800')::jsonb")
    around_the_bot(url, f"UPDATE requests SET {change} WHERE ref = 'SOW-2'")  # noqa: S608
    [found] = recorded.verify_audit()
    assert found.startswith("SOW-2 is not as it was put on record")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM votes WHERE nth = 2", "SOW-1 is not as"),
        ("UPDATE votes SET \"user\" = 'U_GUS' WHERE nth = 2", "SOW-1 is not as"),
        ("DELETE FROM requests WHERE ref = 'SOW-3'", "SOW-3 is on record, but"),
        ("UPDATE requests SET ref = 'SOW-4' WHERE ref = 'SOW-3'", "SOW-3 is on record, but"),
    ],
)
def test_altered_votes_and_removed_requests_are_named(
    recorded: Database, url: str, statement: str, said: str
) -> None:
    around_the_bot(url, statement)
    assert recorded.verify_audit()[0].startswith(said)


def test_a_request_that_was_put_in_is_named(recorded: Database) -> None:
    with recorded.unit() as unit:
        unit.requests.add(sow("SOW-9"), "")
        unit.commit()
    assert recorded.verify_audit() == [
        "SOW-9 was never put on record: it was not written by Frontdesk."
    ]


def test_an_earlier_state_is_not_the_last_one(recorded: Database, url: str) -> None:
    around_the_bot(
        url, "UPDATE requests SET stage = 'acceptance', owner = NULL, version = 1 WHERE version = 2"
    )
    assert len(recorded.verify_audit()) == 1


def test_whatever_can_be_asked_is_read_as_it_was_recorded(database: Database) -> None:
    zone = timezone(timedelta(hours=-5))
    details = replace(EVERYTHING.details, client=HOSTILE, need="ß é 😀")
    put_on_record(database, replace(EVERYTHING, details=details, since=NOW.astimezone(zone)))
    assert database.verify_audit() == []


def test_a_digest_of_an_earlier_release_still_holds() -> None:
    row = {
        "ref": "SOW-7",
        "workflow": "sow",
        "asker": "U_ANA",
        "created_at": NOW,
        "stage": "drafting",
        "open": True,
        "version": 3,
        "step": 2,
        "round": 1,
        "owner": "U_DIAN",
        "due_on": date(2026, 12, 24),
        "details": {"client": "Lighthouse Logistics"},
        "findings": [],
        "questions": [],
        "assigned": {},
        "since": NOW,
        "held": "",
    }
    vote = {"stage": "executive_approval", "lane": "executive", "round": 1, "user": "U_RYAN"}
    vote |= {"at": NOW, "behalf": ""}
    found = digest(KEY, Snapshot(row, [vote]))
    assert found == "70edddb6067ce4e2504df0169dfaefe8c8355c9eb1f580c18af668a4fcb30bf0"
    assert found != digest(KEY, Snapshot(row | {"held": "drafting"}, [vote]))
    assert found != digest(KEY, Snapshot(row, [vote | {"behalf": "U_HUGO"}]))


def test_what_was_recorded_before_a_migration_still_holds(url: str, open_database: Open) -> None:
    recorded = open_database(url)
    plain = tuple(replace(vote, behalf=()) for vote in EVERYTHING.votes)
    earlier = replace(EVERYTHING, held="", votes=plain)
    with recorded.unit() as unit:
        unit.requests.add(earlier, "")
        unit.audit.append(entry(EVERYTHING.ref, version=1, detail={}))
        unit.commit()
    recorded.close()
    downgrade(url, "0001")
    migrate(url)
    migrated = open_database(url)
    assert migrated.verify_audit() == []
    with migrated.unit() as unit:
        assert unit.requests.get("SOW-1") == earlier


def test_a_row_about_something_else_does_not_bind_the_request(database: Database) -> None:
    put_on_record(database, sow())
    with database.unit() as unit:
        unit.audit.append(entry(action="refused"))
        unit.commit()
        unit.requests.save(sow(version=2, stage="drafting"))
        unit.audit.append(entry(at=later(hours=1)))
        unit.audit.append(entry("", action="bind"))
        unit.commit()
        unit.audit.append(entry(action="refused"))
        unit.commit()
    assert database.verify_audit() == []


def test_people_do_not_see_the_digest(database: Database) -> None:
    put_on_record(database, sow())
    with database.unit() as unit:
        [shown] = unit.requests.timeline("SOW-1")
        last = unit.requests.last_move("SOW-1", {"accept"})
    assert last == shown == entry(version=1)
    assert STATE not in shown.detail


def test_a_request_that_moves_while_the_audit_is_read_is_no_finding() -> None:
    def link(seq: int, ref: str, state: str) -> Link:
        return Link(seq, NOW, "", "", ref, "", "", 1, "", canonical({STATE: state}), "")

    witness = Witness(head=2)
    links = [link(1, "SOW-1", "a"), link(2, "SOW-1", "b"), link(3, "SOW-1", "c")]
    assert list(witness.hear([*links, link(4, "SOW-2", "d")])) == [*links, link(4, "SOW-2", "d")]
    for moved in ("b", "c"):
        assert list(witness.findings({"SOW-1": moved})) == []
    assert len(list(witness.findings({"SOW-1": "a"}))) == 1
