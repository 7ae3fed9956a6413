"""With what a transition's form is opened: what the request says, and what only the desk knows."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import templates
from bot.desk import Desk
from bot.letters import reminder_draft
from bot.ports import Json, Unit
from bot.promising import zone_of
from workflows.definition import Transition
from workflows.request import Request

MORE: Mapping[str, Callable[[Desk, Unit, Request, str], Json]] = {"remind_client": reminder_draft}
"""By transition: what goes into its form beside what the workflow itself knows."""


def prefilled(
    desk: Desk,
    unit: Unit,
    request: Request,
    transition: Transition,
    user: str,
    about: str = "",
) -> dict[str, Any]:
    """Return typed values by field name; today is the day of whoever opens the form.

    Where a select offers what it is ``about``, that is chosen.
    """
    today = desk.clock.now().astimezone(zone_of(desk, unit, user)).date()
    found = dict(transition.prefill(request, today)) if transition.prefill else {}
    for name, offered in choices(unit, request, transition).items():
        if about in (value for value, _ in offered):
            found[name] = about
    more = MORE.get(transition.name)
    return found | more(desk, unit, request, str(found.get("invoice", ""))) if more else found


def choices(
    unit: Unit, request: Request, transition: Transition
) -> dict[str, list[tuple[str, str]]]:
    """Return what the selects of a transition's form offer now, by field name."""
    found = transition.choices(request) if transition.choices else {}
    offered = {name: list(each) for name, each in found.items()}
    if transition.name == "draft":
        offered["template"] = [(key, key) for key in templates.keys(unit)]
    return offered
