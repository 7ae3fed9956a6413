"""Who holds what: identities from the configuration, resolved through Slack and kept fresh."""

import logging

from bot.company import EVERYONE
from bot.desk import Desk
from bot.errors import Stale
from bot.ports import Claimed, Person, Unit
from bot.promising import summon
from workflows.engine import Entry
from workflows.roles import Role

log = logging.getLogger(__name__)


def learn_members(desk: Desk) -> int:
    """Store what Slack says of every member; return how many there are."""
    people = tuple(desk.slack.members())
    with desk.store.unit() as unit:
        unit.people.put(*people)
        unit.commit()
    return len(people)


def learn_person(desk: Desk, claimed: Claimed) -> None:
    """Store what Slack says of one person; resolve the roles when that can change who holds one.

    Slack tells of every new status text, and a workspace has many members.
    """
    person = desk.slack.person(str(claimed.parcel.payload["user"]))
    if person is None:
        return
    with desk.store.unit() as unit:
        before = unit.people.get(person.user)
        unit.people.put(person)
        unit.commit()
    if before is None or (before.active, before.email) != (person.active, person.email):
        refresh(desk)


def refresh_roles(desk: Desk, _claimed: Claimed) -> None:
    """Resolve every role anew because Slack said that something changed."""
    refresh(desk)


def refresh(desk: Desk) -> tuple[Role, ...]:
    """Resolve every configured identity, store who holds what, and return the roles nobody holds.

    Requests that wait for somebody who was not summoned yet, or for nobody, are seen to at once.
    """
    for role in Role:
        identities = desk.company.roles.get(role, ())
        found = frozenset[str]().union(*(_holders(desk, identity) for identity in identities))
        with desk.store.unit() as unit:
            active = frozenset(user for user in found if _is_active(unit, user))
            unit.people.hold(role, active)
            unit.commit()
    look_after_waiting(desk)
    return unheld(desk)


def unheld(desk: Desk) -> tuple[Role, ...]:
    """Return the roles that nobody holds."""
    with desk.store.unit() as unit:
        holders = unit.people.holders()
    return tuple(
        role
        for role in Role
        if not holders.get(role) and EVERYONE not in desk.company.roles.get(role, ())
    )


def look_after_waiting(desk: Desk) -> None:
    """Summon whoever should have the ball of an open request and was not asked yet."""
    stages = [
        (workflow.key, stage)
        for workflow in desk.workflows.values()
        for stage in workflow.open_stages
    ]
    now = desk.clock.now()
    with desk.store.unit() as unit:
        for request in unit.requests.waiting("", stages, limit=1000):
            workflow = desk.workflows[request.workflow]
            summon(unit, workflow, request, desk.office(unit, workflow), now)
        unit.commit()
    desk.wake()


def _holders(desk: Desk, identity: str) -> frozenset[str]:
    if identity == EVERYONE:
        return frozenset()
    if "@" in identity[1:]:
        user = _bound(desk, identity)
        return frozenset({user} if user else ())
    if identity.startswith(("U", "W")):
        person = _learned(desk, desk.slack.person(identity))
        return frozenset({person.user} if person else ())
    group = desk.slack.group(identity.removeprefix("@"))
    if group is None:
        log.warning("There is no user group %s in Slack.", identity)
        return frozenset()
    return group[1]


def _bound(desk: Desk, email: str) -> str | None:
    """Return the user whom this address was bound to; the first time, ask Slack and bind it."""
    with desk.store.unit() as unit:
        bound = unit.people.binding(email)
    if bound is not None:
        return bound
    person = _learned(desk, desk.slack.person_by_email(email))
    if person is None:
        log.warning("Nobody in Slack has the configured address.")
        return None
    now = desk.clock.now()
    with desk.store.unit() as unit:
        try:
            unit.people.bind(email, person.user, now)
        except Stale:
            return unit.people.binding(email)
        unit.audit.append(
            Entry(
                at=now,
                actor="frontdesk",
                action="bind",
                ref="",
                before="",
                after="",
                version=0,
                surface="settings",
                detail={"identity": email, "user": person.user},
            )
        )
        unit.commit()
    return person.user


def _learned(desk: Desk, person: Person | None) -> Person | None:
    if person is not None:
        with desk.store.unit() as unit:
            unit.people.put(person)
            unit.commit()
    return person


def _is_active(unit: Unit, user: str) -> bool:
    person = unit.people.get(user)
    return person is not None and person.active
