"""A form is opened: for a new request, or for what a transition needs to know."""

from dataclasses import replace
from uuid import uuid4

from bot.conversation.background import background
from bot.decisions import check
from bot.desk import Desk, Gesture
from bot.drafts import drawn, is_begun, label
from bot.errors import DraftGone
from bot.facts import request_for
from bot.members import member
from bot.ports import Draft, Json, Unit
from bot.prefilling import prefilled
from bot.promising import zone_of
from bot.understanding.reading import heard
from modals.form import Form
from workflows.definition import Workflow
from workflows.engine import SUBMIT
from workflows.permission import may_ask
from workflows.refusals import NotAllowed
from workflows.request import Request


def open_new(
    desk: Desk, gesture: Gesture, workflow: Workflow, text: str = "", link: str = ""
) -> None:
    """Open the form for a new request; ``text`` and ``link`` come from a message shortcut.

    Both are filled in, and what the text says of other questions without any doubt: a form has no
    place to mark a guess. What is longer than its field is cut there, and kept in full with the
    draft.
    """
    form = desk.forms[workflow.key]
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        if not may_ask(workflow, person.user, desk.office(unit, workflow, person.user)):
            raise NotAllowed(f"You cannot ask for a {workflow.noun} yet; your admin can add you.")
        before = unit.drafts.latest(person.user, workflow.key, SUBMIT, None)
        resume = _offer(desk, unit, before if before and is_begun(desk, before) else None)
        state: Json = {"requester_name": person.name, "currency": desk.company.currency}
        draft = _draft(desk, gesture, form, workflow, SUBMIT)
        if text:
            field, whole = form.message_field, f"{text}\n\n{link}".strip()
            draft = replace(draft, full={field: whole})
            known = background(desk, unit, person.user, workflow)
            sure = [each for each in heard(text, form, known) if not each.guess]
            state |= {name: answer for each in sure for name, answer in each.answer.items()}
            state[field] = whole
        draft = replace(draft, state=_known_fields(form, state))
        if text:
            unit.drafts.save(draft)
            unit.commit()
    _show(desk, gesture, draft, resume)


def open_transition(
    desk: Desk,
    gesture: Gesture,
    ref: str,
    step: int,
    name: str,
    about: str = "",
    words: str = "",
) -> None:
    """Open the form that the transition ``name`` needs. Raises the refusals of a decision.

    ``about``: the part of the request, such as an invoice, with which the form begins; ``words``:
    what the person has said of why.
    """
    request, transition = check(desk, gesture, ref, step, name)
    workflow = desk.workflows[request.workflow]
    form = desk.forms[transition.form or ""]
    draft = replace(_draft(desk, gesture, form, workflow, name), ref=ref, step=request.step)
    with desk.store.unit() as unit:
        known = prefilled(desk, unit, request, transition, gesture.user, about)
        given = {"reason": words} if words and "reason" in form.names else {}
        state = form.fill(known | given)
        draft = replace(draft, state=state, full=form.overlong(state))
        before = unit.drafts.latest(gesture.user, workflow.key, name, ref)
        resume = _offer(desk, unit, before if before and before.step == request.step else None)
        if draft.full:
            unit.drafts.save(draft)
            unit.commit()
    _show(desk, gesture, draft, resume, request)


def open_at_once(desk: Desk, gesture: Gesture, ref: str, name: str) -> None:
    """Open the form of a transition from a button that says nothing of where the request stands."""
    with desk.store.unit() as unit:
        step = request_for(desk, unit, gesture, ref)[1].step
    open_transition(desk, gesture, ref, step, name)


def drawn_again(desk: Desk, draft_id: str) -> Json:
    """Return the form of a draft, as it was typed. Raises DraftGone."""
    with desk.store.unit() as unit:
        draft = unit.drafts.get(draft_id)
    if draft is None:
        raise DraftGone
    return drawn(desk, draft, None)


def _draft(desk: Desk, gesture: Gesture, form: Form, workflow: Workflow, transition: str) -> Draft:
    return Draft(
        id=uuid4().hex,
        user=gesture.user,
        form=form.key,
        workflow=workflow.key,
        transition=transition,
        at=desk.clock.now(),
    )


def _offer(desk: Desk, unit: Unit, before: Draft | None) -> tuple[str, str] | None:
    """Return what offers an earlier draft: its id, and what it is in words."""
    if before is None:
        return None
    return before.id, label(desk, before, zone_of(desk, unit, before.user))


def _show(
    desk: Desk,
    gesture: Gesture,
    draft: Draft,
    resume: tuple[str, str] | None,
    request: Request | None = None,
) -> None:
    view = drawn(desk, draft, request, resume)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def _known_fields(form: Form, state: Json) -> Json:
    return {name: value for name, value in state.items() if name in form.names}
