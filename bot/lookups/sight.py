"""What somebody may see, and what waits for them, said so that a query leaves out the rest.

It leaves out nothing that they may see; :func:`bot.facts.visible` decides of everything it gives.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.concerns import Offices, reach_of
from bot.desk import Desk
from bot.facts import overseen
from bot.ports import By, Clue, Clues, Place, Unit
from workflows.definition import Workflow
from workflows.office import Office
from workflows.roles import Role


def seen_by(workflow: Workflow, user: str, office: Office, *, broad: bool) -> Clues | None:
    """Return under which clues everything is that ``user`` may see; None: they may see it all.

    ``broad``: what everybody may see (the shelf) does not count, only what concerns them.
    """
    if broad:
        office = replace(office, holders=_without(office.holders, Role.REQUESTER))
    places = _stages(workflow, user, office)
    if len(places) == len(workflow.stages):
        return None
    return (*_by_stage(places), *by_name(_in_place_of(user, office)))


def waits_for(
    desk: Desk, unit: Unit, workflow: Workflow, user: str, offices: Offices
) -> Iterator[tuple[Clues, ...]]:
    """Yield sets of clues: whatever waits for ``user`` fits all of one of them.

    For an admin that is also what people have left behind, who are looked up first: else all that
    is open would have to be gone through.
    """
    reach = reach_of(desk, user, offices)
    held = _of(workflow, reach.held)
    yield ((*_by_stage(held), *by_name((user, *reach.behalf))),)
    left = sorted(unit.requests.left_behind(reach)) if reach.orphans else []
    for places, by in ((reach.owned, By.OWNER), (reach.asked, By.ASKER)):
        if left and (stages := _of(workflow, places)):
            yield _by_stage(stages), tuple(Clue(by=by, value=each) for each in left)


def by_name(users: Iterable[str]) -> Clues:
    """Return the clues of everything in which one of ``users`` is named, in whatever seat."""
    kinds = (By.ASKER, By.OWNER, By.NAMED)
    return tuple(Clue(by=by, value=user) for user in users for by in kinds)


def _stages(workflow: Workflow, user: str, office: Office) -> list[str]:
    """Return the stages of which they may see all, or may while they stand in for a holder."""
    mine = _in_place_of(user, office)
    seen = set(overseen(workflow, [stage.name for stage in workflow.stages], user, office))
    held = (
        stage.name
        for stage in workflow.stages
        if any(mine & office.filling(role) for role in stage.holders() if isinstance(role, Role))
    )
    return sorted(seen.union(held))


def _in_place_of(user: str, office: Office) -> frozenset[str]:
    stood_in_for = {away for away, deputy in office.deputies.items() if deputy.user == user}
    return frozenset({user} | stood_in_for)


def _of(workflow: Workflow, places: Iterable[Place]) -> list[str]:
    return [stage for key, stage in places if key == workflow.key]


def _by_stage(stages: Iterable[str]) -> Clues:
    return tuple(Clue(by=By.STAGE, value=stage) for stage in stages)


def _without(holders: Mapping[Role, frozenset[str]], role: Role) -> Mapping[Role, frozenset[str]]:
    return {each: users for each, users in holders.items() if each is not role}
