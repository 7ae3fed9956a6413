"""What comes next for a request that nobody moves: the next rung of its ladder, and when."""

from dataclasses import replace
from datetime import datetime

from bot.desk import Desk
from bot.facts import row_facts
from bot.ports import Unit
from bot.promising import due_at
from messages.facts import CardFacts
from workflows.effects import Escalate, Remind
from workflows.ladder import rungs
from workflows.office import Office
from workflows.request import Request


def next_facts(desk: Desk, unit: Unit, request: Request, office: Office, to: str) -> CardFacts:
    """Return what a list says of ``request``, with its next reminder or escalation.

    ``to``: who reads it, as for :func:`bot.facts.card_facts`.
    """
    facts = row_facts(desk, request, office, to)
    due, said = _next_rung(desk, unit, request, office)
    return replace(facts, next_at=due, next_is=said)


def _next_rung(
    desk: Desk, unit: Unit, request: Request, office: Office
) -> tuple[datetime | None, str]:
    """Return when it is, and what in words; None and "" where nothing is to come.

    As it was planned: what its reader puts off, or their quiet hours, are not reckoned with.
    """
    workflow, now = desk.workflows[request.workflow], desk.clock.now()
    for each in rungs(workflow.stage(request.stage), office.policy):
        said = "a reminder" if isinstance(each, Remind) else ""
        if isinstance(each, Escalate):
            said = f"word to the {each.to.label}"
        if not said:
            continue
        due = due_at(desk, unit, workflow, request, office, request.since, each.after_hours)
        if due > now:
            return due, said
    return None, ""
