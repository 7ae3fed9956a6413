"""The contract of `Links`, on both databases."""

from dataclasses import replace
from datetime import timedelta, timezone

from bot.ports import Link
from storage.database import Database
from tests.storage.examples import NOW, later

KAI = Link(
    token_hash="visibly fake hash of Kai's token",
    ref="SOW-7",
    version=2,
    email="kai@example.com",
    name="Kai Example",
    step=4,
    created_at=NOW,
    expires_at=later(days=30),
)


def test_a_link_is_found_by_its_hash(database: Database) -> None:
    with database.unit() as unit:
        unit.links.add(KAI)
        unit.commit()
    with database.unit() as unit:
        assert unit.links.get(KAI.token_hash) == KAI
        assert unit.links.get("another") is None


def test_a_link_never_changes(database: Database) -> None:
    with database.unit() as unit:
        unit.links.add(KAI)
        unit.links.add(replace(KAI, email="somebody.else@example.com", expires_at=later(days=99)))
        assert unit.links.get(KAI.token_hash) == KAI


def test_links_of_a_request_are_listed_oldest_first(database: Database) -> None:
    links = [
        replace(KAI, token_hash=f"{9 - n}", version=n, created_at=later(hours=n)) for n in range(4)
    ]
    with database.unit() as unit:
        for link in (links[2], links[0], links[3], links[1]):
            unit.links.add(link)
        unit.links.add(replace(KAI, token_hash="of another", ref="SOW-8"))
        assert unit.links.of("SOW-7") == links
        assert unit.links.of("SOW-9") == []


def test_instants_come_back_in_utc(database: Database) -> None:
    zone = timezone(timedelta(hours=-6))
    with database.unit() as unit:
        unit.links.add(replace(KAI, created_at=NOW.astimezone(zone)))
        found = unit.links.get(KAI.token_hash)
    assert found == KAI
    assert found.created_at.utcoffset() == timedelta()
