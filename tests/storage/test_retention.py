"""What is removed at its time, on both databases: as a whole, and nothing that is needed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from bot.ports import Indexed, Kind, Passing, Rank
from bot.ports.retention import Ended
from storage.database import Database
from storage.schema import metadata
from tests.storage.examples import (
    DETAILS,
    NOW,
    draft,
    entry,
    later,
    parcel,
    promise,
    record,
    sow,
)
from tests.storage.long_outbox import heard_by, move_apart
from tests.storage.test_links import KAI
from tests.storage.test_observations import OPENED
from tests.storage.test_opinions import ANAS
from workflows.deal import Record, Version
from workflows.engine import Entry
from workflows.priority import Standing
from workflows.request import Request, Vote

LONG_AGO = later(days=-4000)
FUTURE = datetime(2999, 1, 1, tzinfo=NOW.tzinfo)


def ended(ref: str, *hashes: str, since: datetime = LONG_AGO, stage: str = "closed") -> Request:
    """A request that names files."""
    version = Version(number=1, by="U_DIAN", at=NOW, total=DETAILS.amount)
    versions = tuple(replace(version, number=n, sha256=each) for n, each in enumerate(hashes, 1))
    details = replace(DETAILS, record=Record(versions=versions))
    vote = Vote("executive_approval", "executive", "U_RYAN", 1, NOW)
    return sow(ref, stage=stage, since=since, details=details, votes=(vote,))


def keep_all(database: Database, request: Request) -> None:
    """Keep whatever can be kept of a request, on record."""
    ref = request.ref
    with database.unit() as unit:
        unit.requests.add(request, f"V-{ref}")
        unit.cards.ensure(ref, "asker", "user:U_ANA")
        unit.drafts.save(draft(f"D-{ref}", ref=ref))
        unit.links.add(replace(KAI, token_hash=f"hash of {ref}", ref=ref))
        unit.opinions.put(replace(ANAS, ref=ref))
        unit.observations.add(replace(OPENED, key=f"opened:{ref}", ref=ref))
        unit.marks.add("sha256:aa", ref, 1)
        unit.index.put(Indexed(ref=ref, kind=Kind.ASSET, title=f"About {ref}", on=NOW.date()))
        unit.ranks.put(Rank(ref=ref, standing=Standing.WAITING, score=7))
        unit.outbox.add(replace(parcel(f"notice:{ref}"), payload={"ref": ref}))
        unit.audit.append(entry(ref, version=1, detail={"reason": "They signed"}))
        unit.commit()


def put(database: Database, content: bytes) -> str:
    with database.unit() as unit:
        sha256 = unit.files.put("a.pdf", "application/pdf", content)
        unit.commit()
    return sha256


def rows(url: str) -> dict[str, int]:
    """Return how many rows each table has."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


def forget(database: Database, *refs: str) -> frozenset[str]:
    with database.unit() as unit:
        gone = unit.retention.forget(refs)
        for ref in refs:
            unit.audit.append(entry(ref, action="forgotten", detail={}))
        unit.commit()
    return gone


def test_a_request_is_removed_as_a_whole_and_the_audit_is_whole(
    database: Database, url: str
) -> None:
    own, shared = put(database, b"its own"), put(database, b"shared")
    in_library = "c" * 64
    keep_all(database, ended("SOW-2", shared, since=NOW))
    before = rows(url)
    keep_all(database, ended("SOW-1", own, shared, in_library))

    assert forget(database, "SOW-1") == {own, in_library}

    after = rows(url)
    assert after.pop("audit") == before.pop("audit") + 2
    assert after.pop("files") == before.pop("files") - 1
    assert after == before
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") is None
        assert unit.files.has(shared)
        timeline = unit.requests.timeline("SOW-1")
        assert [each.detail for each in timeline] == [{"reason": "(erased)"}, {}]
        assert unit.requests.timeline("SOW-2")[0].detail == {"reason": "They signed"}
    broken = [each for each in database.verify_audit() if "names a file" not in each]
    assert broken == []


def test_only_what_ended_long_ago_and_is_not_needed_is_found(database: Database) -> None:
    with database.unit() as unit:
        for n in range(1, 6):
            unit.requests.add(ended(f"SOW-{n}"), "")
        unit.requests.add(ended("SOW-6", since=NOW), "")
        unit.requests.add(ended("SOW-7", stage="drafting"), "")
        merged = replace(sow("SOW-8").details, need="SOW-3", opportunity="SOW-2 and more")
        unit.requests.add(sow("SOW-8", details=merged), "")
        first = unit.retention.ended("sow", NOW, "", 4)
        second = unit.retention.ended("sow", NOW, first.last or "", 4)
        assert [each.ref for each in first.removable] == ["SOW-1", "SOW-2", "SOW-4"]
        assert second.removable == [Ended(ref="SOW-5", stage="closed", version=1)]
        assert (first.last, second.last) == ("SOW-4", None)
        assert unit.retention.ended("template", NOW, "", 4).removable == []


@pytest.mark.parametrize("kind", [Passing.OPINIONS, Passing.LINKS, Passing.OBSERVATIONS])
def test_what_is_about_an_open_request_stays(database: Database, kind: Passing) -> None:
    keep_all(database, ended("SOW-1"))
    keep_all(database, sow("SOW-2"))
    with database.unit() as unit:
        assert unit.retention.pass_by(kind, NOW - timedelta(days=1), 9, ()) == 0
        assert unit.retention.pass_by(kind, FUTURE, 9, ()) == 1
        assert unit.retention.pass_by(kind, FUTURE, 9, ()) == 0
        left = unit.opinions.of("SOW-2"), unit.links.of("SOW-2"), unit.observations.of("SOW-2")
        assert all(len(each) == 1 for each in left)


def test_what_was_said_about_no_request_passes_and_the_rest_does_not(database: Database) -> None:
    with database.unit() as unit:
        for key, ref in (("quarterly:2026", None), ("notice:SOW-1", "SOW-1")):
            payload = {"ref": ref} if ref else {"month": "October"}
            unit.outbox.add(replace(parcel(key, f"user:{key}"), payload=payload))
        unit.commit()
    for claimed in database.post_office.claim(NOW):
        database.post_office.done(claimed)
    with database.unit() as unit:
        assert unit.retention.pass_by(Passing.SAID, FUTURE, 9, {"mail"}) == 0
        assert unit.retention.pass_by(Passing.SAID, FUTURE, 9, {"notice"}) == 1
        unit.commit()
    assert len(database.post_office.about("SOW-1")) == 1


@pytest.mark.parametrize("kind", [Passing.PROMISES, Passing.SAID])
def test_a_long_outbox_is_looked_through_some_rows_at_a_time(
    database: Database, url: str, kind: Passing
) -> None:
    said = {"notice"} if kind is Passing.SAID else set[str]()
    about_none = [replace(parcel(f"key {n}", f"user:U{n}"), payload={}) for n in range(3)]
    promise(database, *about_none)
    for claimed in database.post_office.claim(NOW):
        database.post_office.done(claimed)
    move_apart(url)
    asked = heard_by(database)
    with database.unit() as unit:
        counts = [unit.retention.pass_by(kind, FUTURE, 2, said) for _ in range(3)]
        unit.commit()
    assert counts == [2, 1, 0]
    looking = [each for each in asked if "DELETE FROM outbox" in each]
    assert len(looking) > len(counts)
    assert all("BETWEEN" in each for each in looking)


def test_it_is_removed_in_small_batches(database: Database) -> None:
    with database.unit() as unit:
        for n in range(5):
            unit.opinions.put(replace(ANAS, user=f"U{n}"))
        counts = [unit.retention.pass_by(Passing.OPINIONS, FUTURE, 2, ()) for _ in range(4)]
    assert counts == [2, 2, 1, 0]


def test_what_is_on_record_of_none_is_not_touched(database: Database) -> None:
    said: Entry = entry("", action="bind", detail={"identity": "ana@harborlight.example"})
    record(database, said)
    keep_all(database, ended("SOW-1"))
    forget(database, "SOW-1")
    with database.unit() as unit:
        assert unit.requests.timeline("") == [said]
    assert database.verify_audit() == []
