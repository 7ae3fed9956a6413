"""A large approval is confirmed: the button opens a modal, and what that hands in is the approval.

What the modal carries can be made by us alone, for one person, one request as it stood, one amount
and one client. A click that was forged, or a modal from before, confirms nothing; the engine asks
for the words anew in any case.
"""

import hmac

from bot.decisions import check, decide
from bot.desk import Desk, Gesture
from bot.facts import request_for
from modals.confirmation import FORM, confirmation
from modals.metadata import Metadata, NotOurs
from workflows.confirmation import Confirmation
from workflows.definition import Given
from workflows.permission import asked
from workflows.refusals import Unconfirmed
from workflows.request import Request


def open_confirmation(desk: Desk, gesture: Gesture, ref: str, step: int, name: str) -> None:
    """Show somebody what they are about to do. Raises the refusals of a decision."""
    request, transition = check(desk, gesture, ref, step, name)
    what = _asked(desk, gesture, ref, name)
    metadata = Metadata(
        form=FORM,
        workflow=request.workflow,
        transition=name,
        ref=ref,
        step=request.step,
        draft=_seal(desk, gesture, ref, request.step, name, what),
    )
    view = confirmation(transition.label, str(what), metadata)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def confirm(desk: Desk, gesture: Gesture, metadata: Metadata) -> Request:
    """Do what was confirmed, if it is what was shown. Raises NotOurs, Unconfirmed and refusals."""
    ref, step, name = metadata.ref or "", metadata.step, metadata.transition
    what = _asked(desk, gesture, ref, name)
    seal = _seal(desk, gesture, ref, step, name, what)
    if not hmac.compare_digest(seal.encode(), metadata.draft.encode()):
        raise NotOurs
    return decide(desk, gesture, ref, step, name, Given(confirmed=str(what)))


def _asked(desk: Desk, gesture: Gesture, ref: str, name: str) -> Confirmation:
    with desk.store.unit() as unit:
        workflow, request, office = request_for(desk, unit, gesture, ref)
    transition = workflow.transition(name)
    what = asked(transition, request, office) if transition else None
    if what is None:
        raise Unconfirmed
    return what


def _seal(desk: Desk, gesture: Gesture, ref: str, step: int, name: str, what: Confirmation) -> str:
    said = "\0".join(("confirm", gesture.user, ref, str(step), name, str(what)))
    return hmac.digest(desk.link_key, said.encode(), "sha256").hex()
