"""The contract of `Cards`, on both databases."""

from bot.ports import Card
from storage.database import Database


def test_a_copy_is_remembered_once(database: Database) -> None:
    with database.unit() as unit:
        card = unit.cards.ensure("SOW-1", "decider", "user:U_RYAN")
        unit.commit()
    with database.unit() as unit:
        assert unit.cards.ensure("SOW-1", "decider", "user:U_RYAN") == card
        assert unit.cards.get(card.id) == card
        assert unit.cards.get("no such copy") is None
        assert unit.cards.of("SOW-1") == [card]
        assert unit.cards.of("SOW-2") == []
    assert card == Card(id=card.id, ref="SOW-1", kind="decider", address="user:U_RYAN")


def test_each_address_kind_and_step_has_its_copy_in_order(database: Database) -> None:
    copies = [
        ("channel", "channel:sow-requests", 0),
        ("decider", "user:U_RYAN", 3),
        ("asker", "user:U_ANA", 0),
        ("decider", "user:U_ANA", 0),
        ("decider", "user:U_RYAN", 1),
    ]
    with database.unit() as unit:
        for kind, address, step in copies:
            unit.cards.ensure("SOW-1", kind, address, step)
        unit.cards.ensure("home", "home", "home:U_ANA")
        unit.cards.ensure("SOW-1", *copies[1])
        found = [(card.kind, card.address, card.step) for card in unit.cards.of("SOW-1")]
    assert found == copies


def test_where_a_copy_stands_and_what_it_shows(database: Database) -> None:
    with database.unit() as unit:
        card = unit.cards.ensure("SOW-1", "asker", "user:U_ANA")
        other = unit.cards.ensure("SOW-1", "decider", "user:U_RYAN")
        unit.cards.posted(card.id, "D_ANA", "1763629800.000100", 4)
        unit.commit()
    with database.unit() as unit:
        found = unit.cards.ensure("SOW-1", "asker", "user:U_ANA")
        assert (found.channel, found.ts, found.shown) == ("D_ANA", "1763629800.000100", 4)
        assert unit.cards.get(other.id) == other
        assert unit.cards.at("D_ANA", "1763629800.000100") == found
        assert unit.cards.at("D_RYAN", "1763629800.000100") is None
        assert unit.cards.at("D_ANA", "1763629800.000200") is None


def test_copies_at_some_addresses(database: Database) -> None:
    with database.unit() as unit:
        for user in ("U_ANA", "U_BEN", "U_DIAN"):
            unit.cards.ensure("home", "home", f"home:{user}")
        unit.cards.ensure("SOW-1", "home", "home:U_ANA")
        wanted = ["home:U_DIAN", "home:U_ANA", "home:U_GUS"]
        found = [(card.ref, card.address) for card in unit.cards.among("home", wanted)]
        assert unit.cards.among("home", ()) == []
    assert found == [("home", "home:U_ANA"), ("home", "home:U_DIAN")]
