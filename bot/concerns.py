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
    offices = {each.key: desk.office(unit, each, user) for each in wanted}
    waiting, more_waiting = _waiting(desk, unit, user, offices)
    key = workflow.key if workflow else None
    mine = unit.requests.asked_by(user, key, _LISTED)
    counted = unit.requests.count_asked_by(user, key) if len(mine) == _LISTED else len(mine)
    return Concerns(
        waiting=[row_facts(desk, each, offices[each.workflow]) for each in waiting],
        mine=[row_facts(desk, each, offices[each.workflow]) for each in mine],
        more_waiting=more_waiting,
        more_mine=counted - len(mine),
    )


def _waiting(desk: Desk, unit: Unit, user: str, offices: Offices) -> tuple[list[Request], int]:
    reach = _reach(desk, user, offices)
    found: list[Request] = []
    after: Request | None = None
    while len(found) < _LISTED:
        page = unit.requests.waiting(reach, after, _PAGE)
        found += [
            each
            for each in page
            if each.workflow in offices
            and user in deciders(desk.workflows[each.workflow], each, offices[each.workflow])
        ]
        if len(page) < _PAGE:
            return found[:_LISTED], len(found[_LISTED:])
        after = page[-1]
    return found[:_LISTED], len(found[_LISTED:]) + unit.requests.count_waiting(reach, after)


def _reach(desk: Desk, user: str, offices: Offices) -> Reach:
    places: list[tuple[Place, Party]] = [
        ((key, stage), party)
        for key in offices
        for stage in desk.workflows[key].open_stages
        for party in desk.workflows[key].stage(stage).holders()
    ]
    return Reach(
        user=user,
        held=tuple(
            place
            for place, party in places
            if isinstance(party, Role) and user in offices[place[0]].holding(party)
        ),
        asked=tuple(place for place, party in places if party is Seat.ASKER),
        owned=tuple(place for place, party in places if party is Seat.OWNER),
    )
