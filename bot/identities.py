"""Identities: whom an entry of the configuration names, an address, a Slack id or a user group.

An address and a group's handle are bound to a Slack id once, and never silently to another.
"""

from dataclasses import dataclass

from bot import grants
from bot.company import EVERYONE
from bot.desk import Desk
from bot.errors import RateLimited, SlackRefused, SlackUnsure, Stale
from bot.ports import Person, Unit


@dataclass(frozen=True, slots=True)
class Found:
    """Whom an identity names. ``problem`` is a sentence about what is wrong; it names no person.

    ``users`` is None when Slack did not say who is in a group now: then they are as they were.
    """

    users: frozenset[str] | None
    problem: str = ""
    again: bool = False
    """Whether Slack may give another answer soon."""


class _Nobody(Exception):
    """The identity names nobody; the text says why."""


def known(unit: Unit, identity: str) -> frozenset[str] | None:
    """Return whom ``identity`` can name as far as is known without Slack; None: anybody.

    A group that was never found has named nobody yet.
    """
    if identity == EVERYONE:
        return frozenset()
    if is_user(identity):
        return frozenset({identity})
    bound = unit.people.binding(identity)
    if is_address(identity):
        return frozenset({bound} if bound else ())
    return None if bound or not identity.startswith("@") else frozenset()


def look_up(desk: Desk, identity: str) -> Found:
    """Return whom ``identity`` names, asking Slack where that is needed.

    Raises SlackLockedOut and Unavailable; whatever else Slack answers concerns this identity alone.
    """
    try:
        return Found(_users(desk, identity))
    except _Nobody as nobody:
        return Found(frozenset(), str(nobody))
    except SlackRefused as refused:
        return Found(frozenset(), f"Slack refuses to say who that is ({refused.code}).")
    except (SlackUnsure, RateLimited) as error:
        with desk.store.unit() as unit:
            users = known(unit, identity)
        return Found(users, f"Slack did not say who that is ({error.code}).", again=True)


def is_address(identity: str) -> bool:
    """Whether it is an e-mail address."""
    return "@" in identity[1:]


def is_user(identity: str) -> bool:
    """Whether it is the id of a person."""
    return identity.startswith(("U", "W")) and not is_address(identity)


def _users(desk: Desk, identity: str) -> frozenset[str]:
    if identity == EVERYONE:
        return frozenset()
    if is_address(identity):
        return frozenset({_of_address(desk, identity)})
    if is_user(identity):
        return frozenset({_of_id(desk, identity)})
    return _of_group(desk, identity)


def _of_id(desk: Desk, user: str) -> str:
    with desk.store.unit() as unit:
        person = unit.people.get(user)
    if person is not None and person.active:
        return user
    person = desk.slack.person(user)
    if person is None or not person.active:
        raise _Nobody("No active member of this workspace has this id.")
    with desk.store.unit() as unit:
        grants.put(unit, desk.clock.now(), person)
        unit.commit()
    return user


def _of_address(desk: Desk, address: str) -> str:
    with desk.store.unit() as unit:
        bound = unit.people.binding(address)
    if bound is not None:
        return bound
    person = desk.slack.person_by_email(address)
    if person is None or not person.active:
        raise _Nobody("No active member of this workspace has this address.")
    return _bound(desk, address, person.user, person)


def _of_group(desk: Desk, identity: str) -> frozenset[str]:
    is_handle = identity.startswith("@")
    with desk.store.unit() as unit:
        bound = unit.people.binding(identity) if is_handle else identity
    found = desk.slack.group(bound or identity.removeprefix("@"))
    if found is None and bound is None:
        raise _Nobody(f"There is no user group {identity} in Slack.")
    if found is None:
        raise _Nobody(
            f"The user group {bound} of {identity} is gone or disabled. "
            "To use another one, name it by its id."
        )
    group, members = found
    if bound is None and _bound(desk, identity, group) != group:
        return _of_group(desk, identity)
    return members


def _bound(desk: Desk, identity: str, slack_id: str, *people: Person) -> str:
    """Bind ``identity`` for good, on record; return what another process bound it to before."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        try:
            unit.people.bind(identity, slack_id, now)
        except Stale:
            return unit.people.binding(identity) or slack_id
        grants.put(unit, now, *people)
        kind = "user" if is_address(identity) else "group"
        detail = {"identity": identity, kind: slack_id}
        unit.audit.append(grants.entry(grants.BIND, now, **detail))
        unit.commit()
    return slack_id
