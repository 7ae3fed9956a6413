"""What only the desk can say of a form's answers: holidays, roles, other requests.

A form knows its own fields, and a workflow its own request. What needs the calendar or the
company is looked at here, in the transaction that takes the form.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.billing.numbers import number_taken
from bot.desk import Desk
from bot.offering import Offered
from bot.ports import Unit
from bot.shelf.naming import found, named
from messages.filters import day
from workflows.definition import Workflow
from workflows.engine import SUBMIT
from workflows.privacy import is_private
from workflows.request import Request
from workflows.shelf_life import HELD
from workflows.standing import RANKED
from workflows.triaging import OWNERS

Values = Mapping[str, Any]
Look = Callable[[Desk, Unit, Request | None, Values], Iterator[tuple[str, str]]]
"""Yields a field's name and a sentence for everything that is wrong."""

_TOLD = ("owner", "twin", "asset")
"""Choices of which :func:`second_look` says why they are not offered any more."""

_WORKING: Mapping[str, frozenset[str]] = {"sales_asset": frozenset({"deadline"})}
"""By workflow: the dates of a new request on which somebody has to work."""


def second_look(
    desk: Desk, unit: Unit, workflow: Workflow, name: str, request: Request | None, values: Values
) -> dict[str, str]:
    """Return a sentence, by field name, for every answer that cannot be taken."""
    look = _LOOKS.get((workflow.key, name))
    return dict(look(desk, unit, request, values)) if look else {}


def to_be_checked(workflow: Workflow, name: str, options: Offered) -> Offered:
    """Return what a form's own check compares answers with: without what is looked at here."""
    if (workflow.key, name) not in _LOOKS:
        return options
    return {field: each for field, each in options.items() if not each or field not in _TOLD}


def working_days(workflow: Workflow) -> frozenset[str]:
    """Return the dates of a new request that have to be working days, by field name."""
    return _WORKING.get(workflow.key, frozenset())


def working_day(desk: Desk, on: object) -> str:
    """Return what is wrong with a day on which nobody works, and the next one that is better."""
    calendar = desk.company.calendar
    if not isinstance(on, date) or calendar.is_working_day(on):
        return ""
    better = calendar.business_day(on, 0)
    return f"Nobody works on {day(on)}. The next working day is {day(better)}."


def _day(field: str) -> Look:
    def look(
        desk: Desk, _unit: Unit, _request: Request | None, values: Values
    ) -> Iterator[tuple[str, str]]:
        if wrong := working_day(desk, values.get(field)):
            yield field, wrong

    return look


def _ask(
    desk: Desk, unit: Unit, request: Request | None, values: Values
) -> Iterator[tuple[str, str]]:
    for field in _WORKING["sales_asset"]:
        if request is None or getattr(request.details, field) != values.get(field):
            yield from _day(field)(desk, unit, request, values)


def _acceptance(
    desk: Desk, unit: Unit, request: Request | None, values: Values
) -> Iterator[tuple[str, str]]:
    yield from _day("due_on")(desk, unit, request, values)
    yield from _ownership(desk, unit, request, values)
    yield from _helpers(desk, unit, request, values)


def _ownership(
    _desk: Desk, unit: Unit, _request: Request | None, values: Values
) -> Iterator[tuple[str, str]]:
    owner = str(values.get("owner") or "")
    holders = unit.people.holders()
    person = unit.people.get(owner) if owner else None
    if owner and (person is None or not person.active):
        yield "owner", "They are not here any more. Please choose somebody else."
    elif owner and not any(owner in holders.get(role, frozenset()) for role in OWNERS):
        yield "owner", "An owner comes from marketing, pre-sales or delivery."


def _helpers(
    desk: Desk, unit: Unit, request: Request | None, values: Values
) -> Iterator[tuple[str, str]]:
    """Who helps does not judge: each review that must be has to keep somebody for it."""
    field = "people" if "people" in values else "contributors"
    helping = set(values.get(field) or ())
    out = {*helping, values.get("owner") or (request and request.owner)}
    out |= {request.asker} if request else set()
    holders = unit.people.holders()
    for lane in desk.workflows["sales_asset"].stage("in_review").lanes:
        held = holders.get(lane.role, frozenset())
        if lane.waived is None and held & helping and not held - out:
            yield field, f"Then nobody is left for the review by {lane.role.label}."


def _twin(
    desk: Desk, unit: Unit, request: Request | None, values: Values
) -> Iterator[tuple[str, str]]:
    twin = unit.requests.get(str(values.get("twin") or ""))
    if not values.get("twin"):
        yield "twin", "There is no other open request into which this one could be merged."
    elif twin is None or request is None or twin.workflow != request.workflow or is_private(twin):
        yield "twin", "There is no such request any more. Please choose another one."
    elif twin.stage not in RANKED:
        stage = desk.workflows[twin.workflow].stage(twin.stage).label.lower()
        yield "twin", f"{twin.ref} is {stage}, so nothing can be merged into it any more."


def _asset(
    _desk: Desk, unit: Unit, _request: Request | None, values: Values
) -> Iterator[tuple[str, str]]:
    asset = unit.requests.get(str(values.get("asset") or ""))
    if not values.get("asset"):
        yield "asset", "There is no current asset on the shelf that could answer this."
    elif asset is None or asset.workflow != "shelf" or asset.stage not in HELD:
        yield "asset", "This asset is not on the shelf any more. Please choose another one."


def _update(
    desk: Desk, unit: Unit, request: Request | None, values: Values
) -> Iterator[tuple[str, str]]:
    yield from _ask(desk, unit, request, values)
    wanted = str(values.get("existing_asset") or "")
    if values.get("kind") == "update" and named(desk, wanted) and found(desk, unit, wanted) is None:
        yield "existing_asset", f"There is no {wanted} on the shelf. Find it with /asset find."


_LOOKS: Mapping[tuple[str, str], Look] = {
    ("sales_asset", SUBMIT): _update,
    ("sales_asset", "resubmit"): _update,
    ("sales_asset", "accept"): _acceptance,
    ("sales_asset", "hand_over"): _ownership,
    ("sales_asset", "name_contributors"): _helpers,
    ("sales_asset", "merge"): _twin,
    ("sales_asset", "answer_from_shelf"): _asset,
    ("sales_asset", "justify"): _day("until"),
    ("sales_asset", "defer"): _day("until"),
    ("shelf", "hand_over"): _ownership,
    ("sow", "record_invoice"): number_taken,
    ("sow", "record_further_invoice"): number_taken,
}
"""By workflow and transition."""
