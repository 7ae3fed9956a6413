"""Grants and revocations: every change of who holds a role goes on record."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.ports import Person, Unit
from bot.ports.entitlement import GRANT, REVOKE
from bot.unmoved import beside
from workflows.engine import Entry
from workflows.roles import Role, Seat

BIND = "bind"
"""The action under which it enters the audit whom an identity of the settings names."""

Holders = Mapping[Role, frozenset[str]]


def put(unit: Unit, now: datetime, *people: Person) -> frozenset[Role]:
    """Store what Slack says of ``people``; return the roles whose active holders that changes."""
    unit.people.turn()
    before = unit.people.holders()
    unit.people.put(*people)
    return _on_record(unit, before, now, {})


def hold(unit: Unit, now: datetime, given: Mapping[Role, Mapping[str, str]]) -> frozenset[Role]:
    """Make the active people of ``given`` the holders; return the roles where that is a change.

    ``given`` has for every role the user ids with the configured identity that names each.
    """
    unit.people.turn()
    before = unit.people.holders()
    for role in Role:
        users = frozenset(user for user in given[role] if _is_active(unit, user))
        unit.people.hold(role, users)
    return _on_record(unit, before, now, given)


def entry(action: str, now: datetime, **detail: str) -> Entry:
    """Return the audit's entry of something that the settings brought about."""
    return beside(None, action, Seat.FRONTDESK.value, "settings", now, detail)


def _on_record(
    unit: Unit, before: Holders, now: datetime, given: Mapping[Role, Mapping[str, str]]
) -> frozenset[Role]:
    after = unit.people.holders()
    changes = list(_changes(before, after))
    earlier = _earlier(unit) if changes else {}
    for action, role, user in changes:
        identity = given.get(role, {}).get(user) or earlier.get((role.value, user), "")
        unit.audit.append(entry(action, now, role=role.value, user=user, identity=identity))
    return frozenset(role for _, role, _ in changes)


def _changes(before: Holders, after: Holders) -> Iterator[tuple[str, Role, str]]:
    for role in Role:
        old, new = before.get(role, frozenset()), after.get(role, frozenset())
        yield from ((REVOKE, role, user) for user in sorted(old - new))
        yield from ((GRANT, role, user) for user in sorted(new - old))


def _earlier(unit: Unit) -> Mapping[tuple[str, str], str]:
    """Return by role and user through which identity it was granted last."""
    return {
        (each.detail["role"], each.detail["user"]): each.detail["identity"]
        for each in unit.requests.timeline("")
        if each.action == GRANT
    }


def _is_active(unit: Unit, user: str) -> bool:
    person = unit.people.get(user)
    return person is not None and person.active
