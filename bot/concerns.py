"""What concerns somebody: what waits for them, what they asked for, and how many more there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.desk import Desk
from bot.facts import row_facts
from bot.ports import Place, Reach, Unit
from messages.facts import CardFacts
from workflows.ball import deciders
from workflows.definition import Workflow
from workflows.office import Office
from workflows.request import Request
from workflows.roles import Party, Role, Seat

_LISTED = 50
_PAGE = 200

Offices = Mapping[str, Office]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """The first requests of both lists, and how many more of each there are.

    ``waiting``: longest waiting first; ``mine``: newest first, ended ones too.
    """

    waiting: Sequence[CardFacts]
    mine: Sequence[CardFacts]
    more_waiting: int
    more_mine: int


def concerns(desk: Desk, unit: Unit, user: str, workflow: Workflow | None) -> Concerns:
    """Return what concerns ``user``, of one ``workflow`` or of all.

    Far down a list of hundreds, ``more_waiting`` also counts requests of a stage of theirs in which
    they have done their part, or that were given to a colleague by name.
    """
    wanted = [each for each in desk.workflows.values() if workflow in (None, each)]
    offices = desk.offices(unit, wanted, user)
    waiting, more_waiting = _waiting(desk, unit, user, offices)
    key = workflow.key if workflow else None
    mine = unit.requests.asked_by(user, key, _LISTED)
    counted = unit.requests.count_asked_by(user, key) if len(mine) == _LISTED else len(mine)
    return Concerns(
        waiting=[row_facts(desk, each, offices[each.workflow], f"user:{user}") for each in waiting],
        mine=[row_facts(desk, each, offices[each.workflow], f"user:{user}") for each in mine],
        more_waiting=more_waiting,
        more_mine=counted - len(mine),
    )


def _waiting(desk: Desk, unit: Unit, user: str, offices: Offices) -> tuple[list[Request], int]:
    found, after = _first(desk, unit, user, offices, _LISTED, _PAGE)
    more = len(found[_LISTED:])
    if after is not None:
        more += unit.requests.count_waiting(reach_of(desk, user, offices), after)
    return found[:_LISTED], more


def first_waiting(
    desk: Desk, unit: Unit, user: str, offices: Offices, most: int
) -> tuple[list[Request], bool]:
    """Return the ``most`` requests that have waited longest, and whether there are more.

    They are not counted, so it takes no longer the more there are.
    """
    found, _ = _first(desk, unit, user, offices, most + 1, 2 * most)
    return found[:most], len(found) > most


def _first(
    desk: Desk, unit: Unit, user: str, offices: Offices, most: int, page_size: int
) -> tuple[list[Request], Request | None]:
    """Return ``most`` or more, unless there are less, and what it was that was looked at last.

    None: there is nothing after it.
    """
    reach = reach_of(desk, user, offices)
    found: list[Request] = []
    after: Request | None = None
    while len(found) < most:
        page = unit.requests.waiting(reach, after, page_size)
        found += [
            each
            for each in page
            if each.workflow in offices
            and user in deciders(desk.workflows[each.workflow], each, offices[each.workflow])
        ]
        if len(page) < page_size:
            return found, None
        after = page[-1]
    return found, after


def _stood_in_for(offices: Offices, user: str) -> tuple[str, ...]:
    named = (each.deputies.items() for each in offices.values())
    return tuple(sorted({away for pairs in named for away, deputy in pairs if deputy.user == user}))


def reach_of(desk: Desk, user: str, offices: Offices) -> Reach:
    """Return within which requests those are that wait for ``user``, and some more."""
    places: list[tuple[Place, Party]] = [
        ((key, stage), party)
        for key in offices
        for stage in desk.workflows[key].open_stages
        for party in desk.workflows[key].stage(stage).holders()
    ]
    behalf = _stood_in_for(offices, user)
    mine = {user, *behalf}
    return Reach(
        user=user,
        behalf=behalf,
        orphans=any(user in office.holding(Role.ADMIN) for office in offices.values()),
        held=tuple(
            place
            for place, party in places
            if isinstance(party, Role) and mine & offices[place[0]].filling(party)
        ),
        asked=tuple(place for place, party in places if party is Seat.ASKER),
        owned=tuple(place for place, party in places if party is Seat.OWNER),
    )
