"""Many at once: the database decides, and exactly one wins."""

import threading
import time
from collections import Counter
from dataclasses import replace

import pytest

from bot.errors import Stale
from bot.ports import Envelope
from storage.database import Database
from tests.storage.conftest import Open
from tests.storage.examples import (
    NOW,
    add,
    at_once,
    draft,
    entry,
    later,
    parcel,
    promise,
    record,
    sow,
)


@pytest.fixture
def database(url: str, open_database: Open) -> Database:
    """A database with a connection for everybody."""
    return open_database(url, connections=20)


def test_one_of_twenty_saves_wins(database: Database) -> None:
    add(database, sow())

    def approve(number: int) -> bool:
        try:
            with database.unit() as unit:
                found = unit.requests.get("SOW-1")
                assert found is not None
                unit.requests.save(sow(version=2, owner=f"U{number}"))
                unit.outbox.add(parcel("announced"))
                unit.audit.append(entry(actor=f"U{number}"))
                unit.commit()
        except Stale:
            return False
        return True

    won = at_once(20, approve)
    assert won.count(True) == 1
    with database.unit() as unit:
        found = unit.requests.get("SOW-1")
        assert found is not None
        assert found.owner == f"U{won.index(True)}"
        assert [each.actor for each in unit.requests.timeline("SOW-1")] == [found.owner]
    assert database.verify_audit() == []


def test_one_of_twenty_submissions_of_a_modal_makes_a_request(database: Database) -> None:
    def submit(_: int) -> bool:
        with database.unit() as unit:
            if not unit.deliveries.first("view:T1:V1", NOW):
                return False
            ref = unit.requests.next_ref("sow", "SOW")
            unit.requests.add(sow(ref), "V1")
            unit.commit()
        return True

    assert at_once(20, submit).count(True) == 1
    with database.unit() as unit:
        assert len(unit.requests.asked_by("U_ANA", None)) == 1


def test_references_of_twelve_at_once_are_all_different(database: Database) -> None:
    def submit(number: int) -> str:
        with database.unit() as unit:
            ref = unit.requests.next_ref("sow", "SOW")
            unit.requests.add(sow(ref), f"V{number}")
            unit.audit.append(entry(ref))
            unit.commit()
        return ref

    refs = at_once(12, submit)
    assert sorted(refs) == sorted(f"SOW-{n}" for n in range(1, 13))
    assert database.verify_audit() == []
    assert database.head().seq == 12


def test_one_of_many_binds_an_identity(database: Database) -> None:
    def bind(number: int) -> bool:
        try:
            with database.unit() as unit:
                unit.people.bind("ana@harborlight.example", f"U{number}", NOW)
                unit.commit()
        except Stale:
            return False
        return True

    assert at_once(8, bind).count(True) == 1


def test_the_newest_of_many_drafts_stays(database: Database) -> None:
    def save(number: int) -> None:
        with database.unit() as unit:
            unit.drafts.save(draft(at=later(seconds=number), step=number))
            unit.commit()

    at_once(12, save)
    with database.unit() as unit:
        found = unit.drafts.get("D1")
    assert found is not None
    assert found.step == 11


def test_four_workers_deliver_every_parcel_once_and_one_at_a_time(
    url: str, open_database: Open
) -> None:
    addresses = 12
    parcels = [parcel(f"p{n}", f"user:U{n % addresses}") for n in range(120)]
    writer = open_database(url)
    promise(writer, *parcels)
    one_process = url.startswith("sqlite")
    replicas = [writer if one_process else open_database(url, connections=2) for _ in range(4)]
    delivered: list[str] = []
    busy: Counter[str] = Counter()
    guard = threading.Lock()
    end = time.monotonic() + 20

    def work(number: int) -> None:
        post_office = replicas[number].post_office
        while len(delivered) < len(parcels) and time.monotonic() < end:
            for claimed in post_office.claim(NOW, 5):
                with guard:
                    busy[claimed.parcel.address] += 1
                    assert busy[claimed.parcel.address] == 1
                post_office.backlog(NOW)
                with guard:
                    delivered.append(claimed.parcel.key)
                    assert claimed.attempts == 1
                    busy[claimed.parcel.address] -= 1
                post_office.done(claimed)

    at_once(4, work)
    assert Counter(delivered) == Counter(each.key for each in parcels)
    for address in range(addresses):
        own = [int(key[1:]) for key in delivered if int(key[1:]) % addresses == address]
        assert own == sorted(own)


def test_the_audit_stays_one_chain_with_many_writers(url: str, open_database: Open) -> None:
    writers = [open_database(url, connections=1) for _ in range(4)]

    def write(number: int) -> None:
        record(writers[number], *(entry(f"SOW-{number}", version=n) for n in range(10)))

    at_once(4, write)
    assert writers[0].head().seq == 40
    assert writers[0].verify_audit() == []


@pytest.mark.parametrize("how", ["one", "all"])
def test_whoever_reads_a_draft_to_change_it_loses_nothing_of_the_others(
    database: Database, how: str
) -> None:
    """Also of what is kept without a new instant: where its card stands."""
    with database.unit() as unit:
        unit.drafts.save(draft(place="D1", talk={}))
        unit.commit()

    def keep(number: int) -> bool:
        with database.unit() as unit:
            if how == "one":
                found = unit.drafts.get("D1", to_change=True)
            else:
                [found] = unit.drafts.talked("U_ANA", to_change=True)
            assert found is not None
            threading.Event().wait(0.005)
            talk = {**found.talk, str(number): True}
            saved = unit.drafts.save(replace(found, talk=talk), over=found.at)
            unit.commit()
        return saved

    assert all(at_once(20, keep))
    with database.unit() as unit:
        found = unit.drafts.get("D1")
    assert found is not None
    assert len(found.talk) == 20


def test_whoever_reads_an_envelope_to_change_it_sees_what_the_others_kept(
    database: Database,
) -> None:
    row = Envelope(key="SOW-7:4", ref="SOW-7", version=1, move=4, at=NOW, changed_at=NOW)
    with database.unit() as unit:
        unit.envelopes.put(row)
        unit.commit()

    def keep(number: int) -> bool:
        with database.unit() as unit:
            found = unit.envelopes.get("SOW-7:4", to_change=True)
            assert found is not None
            threading.Event().wait(0.005)
            unit.envelopes.put(found.called(f"{found.envelope}{number},"))
            unit.commit()
        return True

    assert all(at_once(20, keep))
    with database.unit() as unit:
        found = unit.envelopes.get("SOW-7:4")
    assert found is not None
    assert sorted(found.envelope.split(",")) == sorted(["", *map(str, range(20))])
