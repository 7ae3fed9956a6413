"""Who holds a role, or stands in for somebody, around the bot is named, on both databases."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from bot.ports import Person
from bot.ports.entitlement import GRANT, REVOKE, STAND_IN, STAND_IN_ENDED
from storage.chain import Link, canonical
from storage.database import Database
from storage.entitlements import Entitled, Grants
from tests.storage.examples import NOW, entry, later, record
from tests.storage.test_delegations import AWAY, WISH
from workflows.delegation import Delegation
from workflows.roles import Role

PAIR = {"user": AWAY.user, "deputy": AWAY.deputy}
DAYS = {"from": str(AWAY.begins), "until": str(AWAY.ends)}


def on_record(database: Database, action: str, **detail: str) -> None:
    record(database, entry("", action=action, detail=detail))


def depute(database: Database, delegation: Delegation, detail: Mapping[str, str]) -> None:
    with database.unit() as unit:
        unit.delegations.add(delegation)
        unit.commit()
    on_record(database, STAND_IN, user=delegation.user, deputy=delegation.deputy, **detail)


@pytest.fixture
def house(database: Database) -> Database:
    """Ryan is an executive, Dian was one; Hugo stands in for Ryan, and did so before."""
    with database.unit() as unit:
        for user in ("U_RYAN", "U_DIAN", "U_GUS"):
            unit.people.put(Person(user=user, team="T1", name=user))
        unit.people.hold(Role.EXECUTIVE, frozenset({"U_RYAN"}))
        unit.commit()
    for user in ("U_RYAN", "U_DIAN"):
        on_record(database, GRANT, role="executive", user=user, identity="@heads")
    on_record(database, REVOKE, role="executive", user="U_DIAN", identity="@heads")
    depute(database, AWAY, DAYS)
    depute(database, WISH, {})
    with database.unit() as unit:
        unit.delegations.end(AWAY.id, "U_RYAN", later(days=2))
        unit.commit()
    on_record(database, STAND_IN_ENDED, **PAIR)
    assert database.verify_audit() == []
    return database


def around_the_bot(url: str, statement: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize("user", ["U_GUS", "U_DIAN"])
def test_a_role_that_was_put_in_is_named(house: Database, user: str) -> None:
    with house.unit() as unit:
        unit.people.hold(Role.EXECUTIVE, frozenset({"U_RYAN", user}))
        unit.commit()

    assert house.verify_audit() == [
        f"{user} holds the role executive, and no row of the audit gives it to them."
    ]


def test_a_role_that_was_put_in_is_named_after_the_bot_has_taken_it_away(house: Database) -> None:
    on_record(house, REVOKE, role="executive", user="U_GUS", identity="")

    [found] = house.verify_audit()

    assert "takes the role executive from U_GUS, and no row before it has given it" in found


def test_a_deputy_who_was_put_in_is_named(house: Database) -> None:
    with house.unit() as unit:
        unit.delegations.add(replace(AWAY, id="D9", deputy="U_GUS"))
        unit.commit()

    assert house.verify_audit() == ["U_GUS stands in for U_RYAN, and no row of the audit says so."]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE delegations SET deputy = 'U_GUS' WHERE id = 'D2'",
            "U_GUS stands in for U_RYAN, and no row of the audit says so.",
        ),
        (
            "UPDATE delegations SET ends = '2027-11-20 09:30:00' WHERE id = 'D1'",
            "U_HUGO stands in for U_RYAN, and no row of the audit says so.",
        ),
        (
            "UPDATE delegations SET ended_at = NULL WHERE id = 'D1'",
            "U_HUGO stands in for U_RYAN, though the audit says that it was ended.",
        ),
    ],
)
def test_an_absence_that_was_altered_is_named(
    house: Database, url: str, statement: str, found: str
) -> None:
    around_the_bot(url, statement)

    assert house.verify_audit() == [found]


def link(seq: int, action: str) -> Link:
    detail = canonical({"role": "executive", "user": "U_RYAN"})
    return Link(seq, NOW, "frontdesk", action, "", "", "", 0, "settings", detail, "")


@pytest.mark.parametrize("held", [set[tuple[str, str]](), {("executive", "U_RYAN")}])
def test_what_the_bot_changes_meanwhile_is_no_finding(held: set[tuple[str, str]]) -> None:
    for actions in ([GRANT], [GRANT, REVOKE], [GRANT, REVOKE, GRANT]):
        grants = Grants(head=len(actions) - 1)
        list(grants.hear((link(seq, action), None) for seq, action in enumerate(actions, 1)))
        assert list(grants.findings(Entitled(frozenset(held), (), ()))) == []
