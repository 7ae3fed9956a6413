"""Finding requests: the query in the database leaves little over, and permission decides of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.concerns import Offices
from bot.desk import Desk
from bot.facts import involved, visible
from bot.lookups.query import Query
from bot.lookups.sight import by_name, seen_by, waits_for
from bot.ports import By, Clue, Clues, Spot, Unit, Wanted
from workflows.ball import deciders
from workflows.definition import Workflow
from workflows.request import Request

_MOST_AT_ONCE = 200
"""Read in one go; the first page is as long as what is wanted, each one after it twice as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Requests, newest first; ``after`` is where the next page begins, None: there is none.

    The newest open ones by when they were asked, ended ones by when they ended. How many there are
    is never counted: that would take longer the more there are.
    """

    requests: Sequence[Request]
    after: Spot | None = None


def offices_of(desk: Desk, unit: Unit, user: str) -> Offices:
    """Return who holds what, by workflow, as ``user`` is to be judged by."""
    return desk.offices(unit, desk.workflows.values(), user)


def search(
    desk: Desk,
    unit: Unit,
    user: str,
    query: Query,
    *,
    offices: Offices,
    after: Spot | None = None,
    most: int = 10,
) -> Page:
    """Return a full page of what ``user`` may see of what fits: ``most``, unless it is the last.

    ``offices``: of the workflows that are looked through.

    ``query.ref`` is not asked here: whoever names one request is answered by its status.
    """
    wanted = [
        Wanted(workflow=key, is_open=_is_open(desk, query), clues=clues)
        for key, each in desk.workflows.items()
        if key in offices
        for clues in _clues(desk, unit, each, user, query, offices)
    ]
    found: list[tuple[Spot, Request]] = []
    asked = most + 1
    while wanted:
        page = unit.lookups.find(wanted, after, asked)
        found += [each for each in page if _fits(desk, unit, each[1], user, query, offices)]
        if len(page) < asked or len(found) > most:
            break
        after, asked = page[-1][0], min(2 * asked, _MOST_AT_ONCE)
    shown = found[:most]
    return Page(
        requests=[request for _, request in shown],
        after=shown[-1][0] if len(found) > most else None,
    )


def _fits(
    desk: Desk, unit: Unit, request: Request, user: str, query: Query, offices: Offices
) -> bool:
    workflow, office = desk.workflows[request.workflow], offices[request.workflow]
    if not visible(workflow, request, user, office, involved(unit, request)):
        return False
    return not query.waiting or user in deciders(workflow, request, office)


def _is_open(desk: Desk, query: Query) -> bool | None:
    """Return which half is looked through; a stage is in one of them."""
    if query.is_open is not None or not query.stages:
        return query.is_open
    finals = {desk.workflows[key].stage(name).final for key, name in query.stages}
    return not finals.pop() if len(finals) == 1 else None


def _clues(
    desk: Desk, unit: Unit, workflow: Workflow, user: str, query: Query, offices: Offices
) -> Iterator[tuple[Clues, ...]]:
    """Yield sets of clues: a request of ``workflow`` has to fit all of one; none: nothing fits."""
    if query.workflow not in ("", workflow.key):
        return
    stages = [name for key, name in query.stages if key == workflow.key]
    typed = filter(None, (query.client, query.words))
    if (query.stages and not stages) or not all(map(unit.lookups.fold, typed)):
        return
    asked = tuple(_asked(unit, workflow, user, query, offices, stages))
    if not query.waiting:
        yield asked
        return
    for waiting in waits_for(desk, unit, workflow, user, offices):
        yield (*asked, *waiting)


def _asked(
    unit: Unit,
    workflow: Workflow,
    user: str,
    query: Query,
    offices: Offices,
    stages: Sequence[str],
) -> Iterator[Clues]:
    if stages:
        yield tuple(Clue(by=By.STAGE, value=name) for name in stages)
    if query.people:
        yield by_name(query.people)
    if query.mine:
        yield tuple(Clue(by=by, value=user) for by in (By.ASKER, By.OWNER))
    for by, text in ((By.CLIENT, query.client), (By.WORD, query.words)):
        for word in unit.lookups.fold(text):
            yield (Clue(by=by, value=word, begins=True),)
    office, broad = offices[workflow.key], query.is_broad
    if (seen := seen_by(workflow, user, office, broad=broad)) is not None:
        yield seen
