"""What is on record of a workflow, whichever prefix its references had."""

from datetime import datetime
from itertools import chain

from bot.ports import Unit
from workflows.definition import Workflow
from workflows.engine import Entry

REFUSED = "refused"
"""The action under which an attempt that was refused is on record."""


def recorded(unit: Unit, workflow: Workflow, since: datetime, until: datetime) -> list[Entry]:
    """Return what happened from ``since`` on and before ``until``, oldest first; all of it."""
    each = (unit.requests.entries(prefix, since, until) for prefix in workflow.prefixes)
    return sorted(chain.from_iterable(each), key=lambda entry: entry.at)
