"""The contract of `Envelopes`, on both databases."""

from datetime import timedelta, timezone

from bot.ports import Envelope, Standing
from storage.database import Database
from tests.storage.examples import NOW, later

ASKED = Envelope(key="SOW-7:4", ref="SOW-7", version=1, move=4, at=NOW, changed_at=NOW)


def test_an_intent_is_found_by_its_key_and_by_the_partners_name_for_it(database: Database) -> None:
    with database.unit() as unit:
        unit.envelopes.put(ASKED)
        assert unit.envelopes.named("") is None
        unit.envelopes.put(ASKED.called("e-1"))
        unit.commit()
    with database.unit() as unit:
        assert unit.envelopes.get("SOW-7:4") == unit.envelopes.named("e-1") == ASKED.called("e-1")
        assert unit.envelopes.get("SOW-7:5") is unit.envelopes.named("e-2") is None


def test_how_it_stands_and_what_it_is_called_change_and_nothing_else(database: Database) -> None:
    changed = ASKED.called("e-1").now(Standing.SIGNED, later(hours=2))
    other = Envelope(
        key="SOW-7:4",
        ref="SOW-8",
        version=9,
        move=9,
        envelope="e-1",
        standing=Standing.SIGNED,
        at=later(hours=1),
        changed_at=later(hours=2),
    )
    with database.unit() as unit:
        unit.envelopes.put(ASKED)
        unit.envelopes.put(other)
        assert unit.envelopes.get("SOW-7:4") == changed


def test_what_is_there_already_is_not_added_again(database: Database) -> None:
    with database.unit() as unit:
        unit.envelopes.add(ASKED)
        unit.envelopes.put(ASKED.called("e-1").now(Standing.SIGNED, later(hours=2)))
        unit.envelopes.add(ASKED)
        assert unit.envelopes.of("SOW-7") == [
            ASKED.called("e-1").now(Standing.SIGNED, later(hours=2))
        ]


def test_those_of_a_request_come_in_the_order_of_their_moves(database: Database) -> None:
    rows = [
        Envelope(key=f"SOW-7:{move}", ref="SOW-7", version=1, move=move, at=NOW, changed_at=NOW)
        for move in (2, 9, 10)
    ]
    with database.unit() as unit:
        for row in (rows[2], rows[0], rows[1]):
            unit.envelopes.put(row)
        assert unit.envelopes.of("SOW-7") == rows
        assert unit.envelopes.of("SOW-8") == []


def test_what_no_database_stores_names_nothing(database: Database) -> None:
    with database.unit() as unit:
        unit.envelopes.put(ASKED.called("e-1"))
        assert unit.envelopes.named("a\0b") is unit.envelopes.named("\ud800") is None


def test_instants_come_back_in_utc(database: Database) -> None:
    zone = timezone(timedelta(hours=-6))
    with database.unit() as unit:
        unit.envelopes.put(ASKED.now(Standing.OPEN, NOW.astimezone(zone)))
        found = unit.envelopes.get("SOW-7:4")
    assert found is not None
    assert (found.changed_at, found.changed_at.utcoffset()) == (NOW, timedelta())
