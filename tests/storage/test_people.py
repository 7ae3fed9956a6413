"""The contract of `People` and of `Deliveries`, on both databases."""

from dataclasses import replace

import pytest

from bot.errors import Stale
from bot.ports import Passing, Person
from storage.database import Database
from tests.storage.examples import NOW, later
from workflows.roles import Role

ANA = Person(
    user="U_ANA",
    team="T1",
    name="Ana Silva",
    email="ana@harborlight.example",
    tz="America/New_York",
)
BEN = Person(user="U_BEN", team="T1", name="Ben Okafor")
GUS = Person(user="U_GUS", team="T1", name="Gus Ortega", active=False)


def test_people_are_what_slack_said_last(database: Database) -> None:
    with database.unit() as unit:
        unit.people.put()
        unit.people.put(ANA, BEN, GUS)
        unit.people.put(replace(BEN, tz="Europe/London", active=False))
        unit.commit()
    with database.unit() as unit:
        assert unit.people.get("U_ANA") == ANA
        assert unit.people.get("U_BEN") == replace(BEN, tz="Europe/London", active=False)
        assert unit.people.get("U_ADAM") is None


def test_a_whole_workspace_is_put_at_once(database: Database) -> None:
    members = [replace(ANA, user=f"U{number}") for number in range(1201)]
    with database.unit() as unit:
        unit.people.put(*members)
        unit.commit()
    with database.unit() as unit:
        assert unit.people.get("U0") == members[0]
        assert unit.people.get("U1200") == members[-1]


def test_only_active_people_hold_roles(database: Database) -> None:
    with database.unit() as unit:
        unit.people.put(ANA, BEN, GUS)
        unit.people.hold(Role.REQUESTER, frozenset({"U_ANA", "U_BEN", "U_GUS", "U_UNKNOWN"}))
        unit.people.hold(Role.TRIAGE, frozenset({"U_BEN"}))
        unit.commit()
    with database.unit() as unit:
        holders = unit.people.holders()
        assert holders[Role.REQUESTER] == {"U_ANA", "U_BEN"}
        assert holders[Role.TRIAGE] == {"U_BEN"}
        assert holders[Role.ADMIN] == frozenset()
        assert set(holders) == set(Role)


def test_holding_replaces_the_holders_of_one_role(database: Database) -> None:
    with database.unit() as unit:
        unit.people.put(ANA, BEN)
        unit.people.hold(Role.ADMIN, frozenset({"U_ANA"}))
        unit.people.hold(Role.TRIAGE, frozenset({"U_ANA"}))
        unit.people.hold(Role.ADMIN, frozenset({"U_BEN"}))
        assert unit.people.holders()[Role.ADMIN] == {"U_BEN"}
        unit.people.hold(Role.ADMIN, frozenset())
        assert unit.people.holders()[Role.ADMIN] == frozenset()
        assert unit.people.holders()[Role.TRIAGE] == {"U_ANA"}


def test_an_identity_is_bound_for_good(database: Database) -> None:
    with database.unit() as unit:
        assert unit.people.binding(ANA.email) is None
        unit.people.bind(ANA.email, "U_ANA", NOW)
        unit.people.bind(ANA.email, "U_ANA", later(days=1))
        with pytest.raises(Stale, match="U_ANA"):
            unit.people.bind(ANA.email, "U_BEN", later(days=1))
        assert unit.people.binding(ANA.email) == "U_ANA"


def test_a_second_delivery_is_recognised(database: Database) -> None:
    with database.unit() as unit:
        assert unit.deliveries.first("ev:T1:Ev1", NOW)
        assert not unit.deliveries.first("ev:T1:Ev1", later(minutes=5))
        assert (unit.deliveries.has("ev:T1:Ev1"), unit.deliveries.has("ev:T1:Ev")) == (True, False)
        unit.commit()
    with database.unit() as unit:
        assert not unit.deliveries.first("ev:T1:Ev1", later(minutes=6))
        assert unit.deliveries.first("ev:T1:Ev2", NOW)


def test_a_delivery_that_was_rolled_back_comes_again(database: Database) -> None:
    with database.unit() as unit:
        assert unit.deliveries.first("ev:T1:Ev1", NOW)
    with database.unit() as unit:
        assert unit.deliveries.first("ev:T1:Ev1", NOW)


def test_old_deliveries_are_forgotten(database: Database) -> None:
    with database.unit() as unit:
        for days in range(-3, 3):
            unit.deliveries.first(f"ev:T1:Ev{days}", later(days=days))
        assert unit.retention.pass_by(Passing.DELIVERY_KEYS, NOW, 2, ()) == 2
        assert unit.retention.pass_by(Passing.DELIVERY_KEYS, NOW, 2, ()) == 1
        assert unit.deliveries.first("ev:T1:Ev-1", NOW)
        assert not unit.deliveries.first("ev:T1:Ev0", NOW)


def test_what_was_asked_earlier_replaces_nothing_that_was_asked_later(database: Database) -> None:
    turns = []
    for _ in range(2):
        with database.unit() as unit:
            turns.append(unit.people.turn())
            unit.commit()
    earlier, later = turns
    assert earlier < later
    for turn, is_latest in ((later, True), (earlier, False), (later, False)):
        with database.unit() as unit:
            assert unit.people.is_latest(turn) is is_latest
            unit.commit()
