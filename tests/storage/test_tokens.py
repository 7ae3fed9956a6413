"""Tokens and tickets on both databases: each name once, each ticket once, every use counted."""

import threading
from datetime import UTC, datetime, timedelta

from bot.ports import Passing, Ticket, Token
from storage.database import Database
from tests.storage.examples import add, draft, sow

NOW = datetime(2026, 11, 22, 19, 14, tzinfo=UTC)
CRM = Token(name="crm", proof="5a" * 32, amounts=True, made_at=NOW)


def test_a_token_comes_back_counted_until_it_is_removed(database: Database) -> None:
    with database.unit() as unit:
        assert unit.tokens.add(CRM)
        assert not unit.tokens.add(Token(name="crm", proof="another", made_at=NOW))
        unit.tokens.used("crm", NOW)
        unit.tokens.used("nobody", NOW)
        unit.commit()
    with database.unit() as unit:
        [found] = unit.tokens.all()
        assert found == unit.tokens.get("crm")
        assert (found.proof, found.amounts, found.private) == (CRM.proof, True, False)
        assert (found.uses, found.used_at) == (1, NOW)
        assert unit.tokens.remove("crm")
        assert not unit.tokens.remove("crm")
        unit.commit()
    with database.unit() as unit:
        assert unit.tokens.get("crm") is None


def test_uses_at_the_same_time_are_all_counted(database: Database) -> None:
    with database.unit() as unit:
        unit.tokens.add(CRM)
        unit.commit()

    def use() -> None:
        for _ in range(10):
            with database.unit() as unit:
                unit.tokens.used("crm", NOW)
                unit.commit()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with database.unit() as unit:
        assert [each.uses for each in unit.tokens.all()] == [40]


def test_a_ticket_is_first_once_and_goes_with_its_request(database: Database) -> None:
    add(database, sow())
    with database.unit() as unit:
        assert unit.tickets.first("k1", NOW)
        assert not unit.tickets.first("k1", NOW)
        unit.tickets.became("nobody", "SOW-1")
        unit.commit()
    with database.unit() as unit:
        assert unit.tickets.get("k1") == Ticket(key="k1", ref=None, at=NOW)
        unit.tickets.became("k1", "SOW-1")
        unit.commit()
    with database.unit() as unit:
        assert unit.tickets.get("k1") == Ticket(key="k1", ref="SOW-1", at=NOW)
        assert unit.tickets.get("nobody") is None
        unit.retention.forget(["SOW-1"])
        unit.commit()
    with database.unit() as unit:
        assert unit.tickets.get("k1") is None


def test_a_ticket_passes_by_once_it_has_neither_request_nor_draft(database: Database) -> None:
    add(database, sow())
    with database.unit() as unit:
        for key in ("submitted", "draft", "gone", "gone too"):
            assert unit.tickets.first(key, NOW)
        assert unit.tickets.first("late", NOW + timedelta(days=3))
        unit.tickets.became("submitted", "SOW-1")
        unit.drafts.save(draft("draft", NOW))
        unit.commit()
    with database.unit() as unit:
        assert unit.retention.pass_by(Passing.TICKETS, NOW, 9, ()) == 0
        passed = [
            unit.retention.pass_by(Passing.TICKETS, NOW + timedelta(days=1), 1, ())
            for _ in range(3)
        ]
        assert passed == [1, 1, 0]
        assert unit.tickets.first("gone", NOW + timedelta(days=4))
        assert not any(unit.tickets.first(key, NOW) for key in ("submitted", "draft", "late"))


def test_a_ticket_that_was_rolled_back_was_never_there(database: Database) -> None:
    with database.unit() as unit:
        assert unit.tickets.first("k1", NOW)
    with database.unit() as unit:
        assert unit.tickets.first("k1", NOW)
