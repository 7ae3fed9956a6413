"""A document template on its way to the head of sales' approval."""

from collections.abc import Mapping

from tests.messages.deal_story import FRONTDESK, Step, does
from tests.workflows.harborlight import ADAM, HUGO, LEO, SOL, staffed
from tests.workflows.journey import Journey
from workflows.roles import Role
from workflows.template import WORKFLOW as TEMPLATE
from workflows.template import TemplateDetails

OFFICE = staffed(Role.ADMIN, ADAM, SOL)
"""With a second admin: nobody reassigns their own request."""
HANDED_IN = TemplateDetails(key="sow", note="With our new address.", files=("F07",))
_ANEW = {"key": "sow", "note": "With our new address and telephone number.", "files": ("F08",)}
_WORKS = {"sha256": "f" * 64, "version": 2, "required": ("title", "client", "prices")}
_CHECKED: Step = (FRONTDESK, "checked", "", _WORKS | {"files": ("F07",)})
_FAILED: Step = (FRONTDESK, "check_failed", "Line 12: unknown variable: fees", {"files": ("F07",)})
_BACK: Step = (HUGO, "request_changes", "Please use our colours.", {})
_ASKED: Step = (HUGO, "ask", "Who drew it?", {})


def after(*steps: Step) -> Journey:
    """Return the template after ``steps``."""
    return does(Journey(TEMPLATE, ADAM, HANDED_IN, OFFICE), *steps)


STORY: Mapping[str, Journey] = {
    "submit": after(),
    "checked": after(_CHECKED),
    "check_failed": after(_FAILED),
    "approve": after(_CHECKED, (HUGO, "approve", "", {})),
    "request_changes": after(_BACK),
    "resubmit": after(_BACK, (ADAM, "resubmit", "", _ANEW)),
    "ask": after(_ASKED),
    "answer": after(_ASKED, (ADAM, "answer", "Our designer did.", {})),
    "reject": after((HUGO, "reject", "We keep the old one.", {})),
    "hand_on": after(("frontdesk", "hand_on", "", {"person": LEO, "lane": ""})),
    "reassign": after((SOL, "reassign", "Hugo is away.", {"person": LEO, "lane": ""})),
    "cancel": after((ADAM, "cancel", "There is a better one.", {})),
}
"""The template just after each transition."""
