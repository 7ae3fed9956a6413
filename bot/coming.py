"""What comes next for a request that nobody moves: the next rung of its ladder, and when."""

from datetime import datetime

from bot.desk import Desk
from bot.ports import Unit
from bot.promising import due_at
from workflows.effects import Escalate, Remind
from workflows.ladder import rungs
from workflows.office import Office
from workflows.privacy import is_private
from workflows.request import Request

Told = Remind | Escalate


def next_rung(
    desk: Desk, unit: Unit, request: Request, office: Office, *kinds: type[Told]
) -> tuple[datetime, Told] | None:
    """Return when the next rung of one of ``kinds`` is, and which; None: none is to come.

    As it was planned: what its reader puts off, or their quiet hours, are not reckoned with.
    """
    workflow, now = desk.workflows[request.workflow], desk.clock.now()
    for each in rungs(workflow.stage(request.stage), office.policy):
        if isinstance(each, kinds):
            due = due_at(desk, unit, workflow, request, office, request.since, each.after_hours)
            if due > now:
                return due, each
    return None


def in_words(rung: Told, request: Request) -> str:
    """Return what happens then; of a private request nobody hears for their role alone."""
    if isinstance(rung, Remind):
        return "a reminder"
    return "word to whoever asked" if is_private(request) else f"word to the {rung.to.label}"
