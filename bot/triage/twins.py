"""What triage chooses from: who could own a request, its twins, and assets that would do."""

from collections.abc import Mapping
from datetime import date

from bot.desk import Desk
from bot.ports import Kind, Sought, Unit
from messages.filters import day, words
from workflows.privacy import is_private
from workflows.request import Request
from workflows.standing import RANKED
from workflows.triaging import OWNERS

MOST = 50


def owners(unit: Unit) -> list[tuple[str, str]]:
    """Return who could own a request, least loaded first: user ids, and names with their load."""
    holders = unit.people.holders()
    people = frozenset().union(*(holders.get(role, frozenset()) for role in OWNERS))
    loads = unit.requests.loads("sales_asset")
    found = [
        (user, person)
        for user in people
        if (person := unit.people.get(user)) is not None and person.active
    ]
    found.sort(key=lambda each: (loads.get(each[0], (0, None))[0], each[1].name))
    return [(user, _label(person.name, loads.get(user), person.status)) for user, person in found]


def _label(name: str, load: tuple[int, date | None] | None, status: str) -> str:
    count, due = load or (0, None)
    said = f"{name}: {count} open" if count else f"{name}: nothing open"
    said += f", next due {day(due)}" if due else ""
    return f"{said} ({status})" if status else said


def twins(desk: Desk, unit: Unit, request: Request) -> list[tuple[str, str]]:
    """Return the open requests into which this one could be merged, the most alike first."""
    sought = Sought(text=request.details.purpose[:500], kind=Kind.REQUEST, loosely=True)
    refs = [each.ref for each in unit.index.find(sought, MOST)]
    refs += [each.ref for each in unit.index.find(Sought(kind=Kind.REQUEST), MOST)]
    wanted = [ref for ref in dict.fromkeys(refs) if ref != request.ref]
    found = unit.requests.several(wanted)
    return [
        (ref, _of(desk, found[ref]))
        for ref in wanted
        if ref in found and found[ref].stage in RANKED and not is_private(found[ref])
    ][:MOST]


def _of(desk: Desk, request: Request) -> str:
    details = request.details
    what = details.asset_type_other or words(details.asset_type)
    stage = desk.workflows[request.workflow].stage(request.stage).label
    return f"{request.ref} {what}, {stage.lower()}: {details.purpose}"


def assets(unit: Unit, request: Request) -> list[tuple[str, str]]:
    """Return the assets that could answer this request, the most alike first."""
    sought = Sought(text=request.details.purpose[:500], loosely=True)
    found = [*unit.index.find(sought, MOST), *unit.index.find(Sought(), MOST)]
    current: Mapping[str, str] = {
        each.ref: f"{each.ref} {each.title}" for each in found if each.is_current
    }
    return list(current.items())[:MOST]
