"""Who holds what: the identities of the configuration, looked up in Slack and kept fresh."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot import absence, grants, parcels
from bot.company import EVERYONE
from bot.desk import Desk
from bot.identities import Found, known, look_up
from bot.ports import Claimed, Person
from bot.promising import look_after
from workflows import ball
from workflows.definition import Workflow
from workflows.office import Office
from workflows.request import Request
from workflows.roles import Role, Seat

log = logging.getLogger(__name__)

Named = Mapping[Role, tuple[str, ...]]
"""By role, the identities of the settings."""

_AGAIN = timedelta(minutes=1)
_PAGE = 200


def learn_members(desk: Desk) -> int:
    """Store what Slack says of every member; return how many there are."""
    people = tuple(desk.slack.members())
    with desk.store.unit() as unit:
        grants.put(unit, desk.clock.now(), *people)
        unit.commit()
    return len(people)


def learn_person(desk: Desk, claimed: Claimed) -> None:
    """Store what Slack says of one person; have the roles resolved when that can change them.

    Slack tells of every new status text, and a workspace has many members. Somebody of whom Slack
    knows nothing is stored as not active, so that it need not be asked at every gesture of theirs.
    """
    user = str(claimed.parcel.payload["user"])
    said = desk.slack.person(user)
    now = desk.clock.now()
    with desk.store.unit() as unit:
        before = unit.people.get(user)
        person = said or _unknown(user, before)
        changed = grants.put(unit, now, person)
        if _may_change_roles(before, person):
            unit.outbox.add(parcels.roles(claimed.parcel.key, now))
        unit.commit()
    desk.wake()
    if changed:
        look_after_waiting(desk, changed)


def refresh_roles(desk: Desk, _claimed: Claimed) -> None:
    """Resolve every role anew because Slack said that something changed."""
    refresh(desk)


def refresh(desk: Desk) -> tuple[Role, ...]:
    """Resolve every configured identity, store who holds what, and return the roles nobody holds.

    Whoever no identity can name any more loses the role before Slack is asked. An identity that
    Slack refuses names nobody; of one that Slack does not answer for, the holders stay and it is
    asked again in a minute. Requests that wait for somebody else now are seen to at once. Several
    replicas may do so at a time: a slow old answer of Slack never replaces a newer one.
    """
    turn, named, changed = _drop_unnamed(desk)
    identities = [each for entries in named.values() for each in entries]
    found = {each: look_up(desk, each) for each in dict.fromkeys(identities)}
    _warn(named, found)
    changed |= _hold(desk, named, found, turn)
    look_after_waiting(desk, changed)
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


def short_handed(desk: Desk) -> tuple[tuple[str, Role, int, int], ...]:
    """Return where fewer people hold a role than the company wants to approve.

    Each with the workflow's title, the role, how many are wanted and how many there are. Nobody
    approves their own request, so where as many hold it as are wanted, one of them may still lack.
    """
    found: list[tuple[str, Role, int, int]] = []
    with desk.store.unit() as unit:
        for workflow in desk.workflows.values():
            office = desk.office(unit, workflow)
            for lane in dict.fromkeys(lane for each in workflow.stages for lane in each.lanes):
                people = office.holding(lane.role)
                wanted = office.rule(lane).required(people)
                if people and len(people) < wanted:
                    found.append((workflow.title, lane.role, wanted, len(people)))
    return tuple(dict.fromkeys(found))


def look_after_waiting(desk: Desk, changed: frozenset[Role] = frozenset()) -> None:
    """See to it that whoever has the ball of an open request knows and is reminded.

    Where one of the roles ``changed`` has the ball, every copy of the request is drawn anew.
    """
    after: str | None = ""
    while after is not None:
        after = _look_after_page(desk, after, changed)
    desk.wake()


def _look_after_page(desk: Desk, after: str, changed: frozenset[Role]) -> str | None:
    """See to the open requests behind ``after``; return the last one when there may be more."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        page = unit.requests.open(after_ref=after, limit=_PAGE)
        offices = desk.offices(unit, desk.workflows.values())
        for request in page:
            workflow, office = desk.workflows[request.workflow], offices[request.workflow]
            occasion = _occasion(workflow, request, office, changed, now)
            look_after(desk, unit, workflow, request, office, now, occasion=occasion)
            absence.look(desk, unit, workflow, request, office, now)
        unit.commit()
    return page[-1].ref if len(page) == _PAGE else None


def _occasion(
    workflow: Workflow, request: Request, office: Office, changed: frozenset[Role], now: datetime
) -> str:
    """Return what made it somebody else's ball since the last look, or ""."""
    waits_for = workflow.stage(request.stage).holders()
    if not changed.isdisjoint(waits_for) or (changed and ball.unheld(workflow, request, office)):
        return now.isoformat()
    given = {*request.assigned.values()}
    if Seat.OWNER in waits_for and request.owner:
        given.add(request.owner)
    left = sorted(given & office.gone)
    return f"left:{','.join(left)}" if left else ""


def _unknown(user: str, before: Person | None) -> Person:
    return replace(before or Person(user=user, team="", name="unknown"), active=False)


def _may_change_roles(before: Person | None, person: Person) -> bool:
    was_active = before is not None and before.active
    has_new_address = before is not None and before.email != person.email
    return was_active != person.active or (person.active and has_new_address)


def _drop_unnamed(desk: Desk) -> tuple[int, Named, frozenset[Role]]:
    """Take each role from those whom no identity can name, whatever Slack says.

    Returns the number of this turn at asking Slack, the identities by role, and the roles that
    changed.
    """
    with desk.store.unit() as unit:
        turn = unit.people.turn()
        desk.rulebook.catch_up(unit)  # an admin may have changed them while we waited for our turn
        identities = desk.company.roles
        holders = unit.people.holders()
        kept: dict[Role, dict[str, str]] = {}
        for role in Role:
            named = [known(unit, each) for each in identities.get(role, ())]
            users = holders.get(role, frozenset())
            if None not in named:
                users &= frozenset().union(*filter(None, named))
            kept[role] = dict.fromkeys(users, "")
        changed = grants.hold(unit, desk.clock.now(), kept)
        unit.commit()
    return turn, identities, changed


def _hold(desk: Desk, named: Named, found: Mapping[str, Found], turn: int) -> frozenset[Role]:
    now = desk.clock.now()
    with desk.store.unit() as unit:
        unit.people.turn()
        if not unit.people.is_latest(turn):
            return frozenset()
        holders = unit.people.holders()
        given: dict[Role, dict[str, str]] = {role: {} for role in Role}
        for role, identities in named.items():
            for identity in identities:
                users = found[identity].users
                for user in holders.get(role, frozenset()) if users is None else users:
                    given[role].setdefault(user, identity)
        changed = grants.hold(unit, now, given)
        if any(each.again for each in found.values()):
            unit.outbox.add(parcels.roles(f"again:{now:%Y%m%dT%H%M}", now + _AGAIN))
        unit.commit()
    return changed


def _warn(named: Named, found: Mapping[str, Found]) -> None:
    """Log what is wrong by the setting's name; an address in it is personal data."""
    for role, identities in named.items():
        for nth, identity in enumerate(identities, 1):
            if problem := found[identity].problem:
                log.warning("The settings, roles.%s, entry %d: %s", role.value, nth, problem)
