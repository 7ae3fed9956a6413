"""A document template, from an admin's hand to the head of sales' approval.

"Utilize the approved template" (Deals Requiring SOW, step 2): only an approved one renders.
"""

from dataclasses import dataclass, replace

from workflows import usual
from workflows.definition import (
    Deed,
    Escalation,
    Given,
    Lane,
    Reminder,
    Stage,
    Transition,
    Workflow,
)
from workflows.effects import Errand
from workflows.request import Request
from workflows.roles import Role, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDetails:
    """A template as it was handed in. ``key`` says which kind of document it is for.

    Once it is checked, ``sha256`` names its stored source, ``version`` counts the templates of its
    key, and ``required`` are the parts that it cannot do without. ``blank`` names what
    clients sign in its place, at a partner, and ``blank_changed`` what that was like.
    """

    key: str
    note: str
    files: tuple[str, ...]
    sha256: str = ""
    version: int = 0
    required: tuple[str, ...] = ()
    blank: str = ""
    blank_changed: str = ""


def _is_checked(request: Request, _given: Given) -> str | None:
    if request.details.sha256:
        return None
    return "The template is still being tried out; please try again in a moment."


def _is_of_these_files(request: Request, given: Given) -> str | None:
    if given.values.get("files") != request.details.files:
        return "Another file has been handed in meanwhile."
    return None


def _checked(request: Request, deed: Deed) -> Request:
    names = ("sha256", "version", "required")
    found = {name: deed.values[name] for name in names}
    found |= {name: str(deed.values.get(name, "")) for name in ("blank", "blank_changed")}
    return replace(request, details=replace(request.details, **found))


_UNKNOWN = {"sha256": "", "version": 0, "required": (), "blank": "", "blank_changed": ""}


def _handed_in_anew(request: Request, deed: Deed) -> Request:
    fresh = usual.rewritten(request, deed)
    return replace(fresh, details=replace(fresh.details, **_UNKNOWN))


_TRY = Errand("try_template")

_STAGES = (
    Stage(name="submitted", label="Submitted", skip_to="approval"),
    Stage(
        name="approval",
        label="Waiting for the head of sales",
        lanes=(Lane("head_of_sales", Role.HEAD_OF_SALES),),
        reminders=(Reminder(after_hours=16, times=3),),
        escalations=(Escalation(after_hours=40, to=Role.EXECUTIVE),),
        next="then documents can be made from it",
    ),
    Stage(
        name="changes_requested",
        label="Changes requested",
        holder=Seat.ASKER,
        reminders=(Reminder(after_hours=16, times=2),),
        next="then it is tried out and decided again",
    ),
    Stage(name="approved", label="Approved", final=True),
    Stage(name="rejected", label="Rejected", final=True),
    Stage(name="cancelled", label="Cancelled", final=True),
)

WORKFLOW = Workflow(
    key="template",
    prefix="TPL",
    command="/template",
    title="Document template",
    noun="document template",
    description="Hand in a template for documents, for the head of sales to approve",
    details=TemplateDetails,
    found_by=("key", "note"),
    start="submitted",
    may_ask=(Role.ADMIN,),
    on_submit=(_TRY,),
    stages=_STAGES,
    transitions=(
        usual.approve("approval", target="approved", guard=_is_checked),
        replace(
            usual.resubmit(form="template", target="submitted"),
            apply=_handed_in_anew,
            effects=(_TRY,),
        ),
        usual.request_changes(("approval",)),
        usual.ask(("approval",)),
        usual.answer(("approval", "changes_requested")),
        usual.reject(("approval",)),
        usual.noted(
            "checked",
            "Tried out",
            "tried out",
            ("approval",),
            guard=_is_of_these_files,
            apply=_checked,
        ),
        Transition(
            name="check_failed",
            label="Does not work",
            done="tried out in vain",
            source=("approval",),
            target="changes_requested",
            by=(Seat.FRONTDESK,),
            guard=_is_of_these_files,
            reason=True,
            form="changes",
            on_card=False,
        ),
        usual.reassign(_STAGES[1:3]),
        usual.hand_on(_STAGES[1:3]),
        usual.cancel(("approval", "changes_requested")),
    ),
)
