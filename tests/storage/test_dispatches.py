"""What is remembered of parcels that have left, on both databases."""

from datetime import UTC, datetime

from bot.ports import Parcel, Passing
from storage.database import Database
from tests.storage.examples import NOW, later, parcel, promise
from tests.storage.long_outbox import heard_by, move_apart

FUTURE = datetime(3000, 1, 1, tzinfo=UTC)


def letter(key: str, ref: str = "SOW-1") -> Parcel:
    payload = {"ref": ref, "letter": "thanks"}
    return Parcel(
        key=key, kind="mail", address=f"mail:{key}@globex.example", payload=payload, due=NOW
    )


def test_what_became_of_the_parcels_about_a_request_is_told_in_their_order(
    database: Database,
) -> None:
    sent, dead, waits = parcel("a"), letter("b"), parcel("c", "user:U_BEN", later(days=3))
    promise(database, sent, dead, waits)
    first, second = database.post_office.claim(NOW)
    database.post_office.done(first)
    database.post_office.dead(second, "550 no such mailbox")

    found = database.post_office.about("SOW-1")

    assert [each.parcel for each in found] == [sent, dead, waits]
    assert [each.state for each in found] == ["sent", "dead", "due"]
    assert [each.attempts for each in found] == [1, 1, 0]
    assert found[1].error == "550 no such mailbox"
    assert [each.ended_at is None for each in found] == [False, False, True]
    assert found[0].ended_at is not None
    assert found[0].ended_at.utcoffset() is not None


def test_parcels_about_another_request_or_none_are_not_among_them(database: Database) -> None:
    none = Parcel(key="roles", kind="roles", address="roles:", payload={}, due=NOW)
    promise(database, letter("SOW-1:x", "SOW-11"), none, letter("y", "sow-1"))

    assert database.post_office.about("SOW-1") == []
    assert database.post_office.about("") == []


def test_kinds_that_are_kept_are_not_forgotten(database: Database) -> None:
    promise(database, parcel("a"), letter("b"))
    for claimed in database.post_office.claim(NOW):
        database.post_office.done(claimed)

    assert passed(database, FUTURE, "mail", "share") == 1
    assert [each.parcel.key for each in database.post_office.about("SOW-1")] == ["b"]
    assert passed(database, FUTURE) == 1


def test_an_export_reads_a_long_outbox_some_rows_at_a_time(database: Database, url: str) -> None:
    apart = [parcel(f"key {n}") for n in range(3)]
    promise(database, *apart)
    move_apart(url)
    asked = heard_by(database)

    found = database.post_office.about("SOW-1")

    assert [each.parcel for each in found] == apart
    reading = [each for each in asked if "payload" in each]
    assert len(reading) >= len(apart)
    assert all("BETWEEN" in each for each in reading)


def passed(database: Database, before: datetime, *keep: str) -> int:
    with database.unit() as unit:
        count = unit.retention.pass_by(Passing.PROMISES, before, 9, keep)
        unit.commit()
    return count
