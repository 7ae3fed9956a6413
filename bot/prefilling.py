"""With what a transition's form is opened: what the request says, and what only the desk knows."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.desk import Desk
from bot.letters import reminder_draft
from bot.offering import offered
from bot.ports import Json, Unit
from bot.promising import zone_of
from bot.shelf.shelving import as_it_stands
from workflows.definition import Transition
from workflows.request import Request

MORE: Mapping[tuple[str, str], Callable[[Desk, Unit, Request, str], Json]] = {
    ("sow", "remind_client"): reminder_draft,
    ("sales_asset", "deliver"): as_it_stands,
}
"""By workflow and transition: what goes into its form beside what the workflow itself knows."""


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
    workflow = desk.workflows[request.workflow]
    options = offered(desk, unit, workflow, transition.name, request, user) if about else {}
    for name, each in options.items():
        if about in (value for value, _ in each):
            found[name] = about
    more = MORE.get((workflow.key, transition.name))
    return found | more(desk, unit, request, str(found.get("invoice", ""))) if more else found
