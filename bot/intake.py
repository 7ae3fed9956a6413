"""A form is opened and handed in: a new request, or what a transition needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from bot import parcels
from bot.decisions import check, decide
from bot.desk import Desk, Gesture
from bot.drafts import drawn, form_of, is_begun, label, later, merged, of_metadata
from bot.errors import Problem
from bot.members import member
from bot.ports import Draft, Json, Unit
from bot.prefilling import prefilled
from bot.promising import promise, zone_of
from bot.scopes import SCOPE_FILE
from modals.fields import Person as PersonField
from modals.form import Form
from modals.metadata import Metadata, NotOurs
from workflows.definition import Given, Workflow
from workflows.engine import SUBMIT, Actor, begin
from workflows.permission import may_ask
from workflows.refusals import NotAllowed
from workflows.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form as Slack hands it in. ``values`` is ``view.state.values``."""

    view_id: str
    metadata: Metadata
    values: Json


class ScopeIsRead(Problem):
    """Your file is being read; in a moment you get your draft with its text, to look it over."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The form stays open: what is wrong, by block id."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """The form is done; ``ref`` is the request that it made or changed."""

    ref: str


def open_new(
    desk: Desk, gesture: Gesture, workflow: Workflow, text: str = "", link: str = ""
) -> None:
    """Open the form for a new request; ``text`` and ``link`` come from a message shortcut.

    Both are filled in. What is longer than its field is cut there and kept in full with the draft.
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
            state[field] = whole
        draft = replace(draft, state=_known_fields(form, state))
        if text:
            unit.drafts.save(draft)
            unit.commit()
    _show(desk, gesture, draft, resume)


def open_transition(
    desk: Desk, gesture: Gesture, ref: str, step: int, name: str, about: str = ""
) -> None:
    """Open the form that the transition ``name`` needs. Raises the refusals of a decision.

    ``about``: the part of the request, such as an invoice, with which the form begins.
    """
    request, transition = check(desk, gesture, ref, step, name)
    workflow = desk.workflows[request.workflow]
    form = desk.forms[transition.form or ""]
    draft = replace(_draft(desk, gesture, form, workflow, name), ref=ref, step=step)
    with desk.store.unit() as unit:
        state = form.fill(prefilled(desk, unit, request, transition, gesture.user, about))
        draft = replace(draft, state=state, full=form.overlong(state))
        before = unit.drafts.latest(gesture.user, workflow.key, name, ref)
        resume = _offer(desk, unit, before if before and before.step == step else None)
        if draft.full:
            unit.drafts.save(draft)
            unit.commit()
    _show(desk, gesture, draft, resume, request)


def hand_in(desk: Desk, gesture: Gesture, submission: Submission) -> Refused | Taken:
    """Take a form. What was typed is kept as a draft when it is refused; a copy makes nothing new.

    Raises the refusals of the engine, and Unavailable when nothing could be stored.
    """
    form = _form(desk, submission.metadata)
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        draft = _draft_of(unit, gesture, submission)
        state = merged(desk, unit, person.user, submission.metadata, submission.values, draft)
        today = desk.clock.now().astimezone(zone_of(desk, unit, person.user)).date()
        checked = form.check(state, today=today)
        checked.errors.update(_cannot_act(unit, form, checked.values))
        if (file := _scope_file(checked.values)) and not checked.errors:
            _read_scope(desk, unit, gesture, submission, state, file)
            unit.commit()
            desk.wake()
            raise ScopeIsRead
        workflow = desk.workflows[submission.metadata.workflow]
        is_new = submission.metadata.transition == SUBMIT
        office = desk.office(unit, workflow, person.user)
        allowed = not is_new or may_ask(workflow, person.user, office)
        if is_new and allowed and not checked.errors:
            ref = _submit(desk, unit, gesture, submission, checked.values)
            unit.commit()
            desk.wake()
            return Taken(ref)
        _keep(desk, unit, gesture, submission, state)
        unit.commit()
    if not allowed:
        raise NotAllowed(f"You cannot ask for a {workflow.noun} any more; what you wrote is kept.")
    if checked.errors:
        return Refused(form.errors_by_block(checked.errors, state, submission.values))
    return _transition(desk, gesture, submission, checked.values)


def _scope_file(values: Mapping[str, object]) -> str:
    """Return the file that holds a scope too long for its field, if there is one."""
    files = values.get(SCOPE_FILE)
    return str(files[0]) if isinstance(files, tuple) and files else ""


def _read_scope(
    desk: Desk, unit: Unit, gesture: Gesture, submission: Submission, state: Json, file: str
) -> None:
    """Keep what was typed, and promise to read the scope from the file into it."""
    meta, now = submission.metadata, desk.clock.now()
    left = {name: value for name, value in state.items() if name != SCOPE_FILE}
    _keep(desk, unit, gesture, submission, left)
    unit.outbox.add(parcels.read_scope(meta.draft, file, gesture.user, now.isoformat(), now))


def _submit(
    desk: Desk,
    unit: Unit,
    gesture: Gesture,
    submission: Submission,
    values: Mapping[str, object],
) -> str:
    now = desk.clock.now()
    if not unit.deliveries.first(gesture.key, now):
        return unit.requests.from_view(submission.view_id) or ""
    workflow = desk.workflows[submission.metadata.workflow]
    office = desk.office(unit, workflow, gesture.user)
    ref = unit.requests.next_ref(workflow.key, workflow.prefix)
    actor = Actor(gesture.user, gesture.surface)
    move = begin(workflow, ref, workflow.details(**values), actor, office, now)
    unit.requests.add(move.request, submission.view_id)
    promise(desk, unit, workflow, move, office)
    unit.drafts.drop(submission.metadata.draft, gesture.user)
    unit.audit.append(move.entry)
    return ref


def _transition(
    desk: Desk, gesture: Gesture, submission: Submission, values: Mapping[str, object]
) -> Taken:
    """Decide with what the form gave. When that is refused, what was typed is already kept."""
    meta = submission.metadata
    rest = {name: value for name, value in values.items() if name != "reason"}
    given = Given(reason=str(values.get("reason", "")), values=rest | {"seen": meta.seen})
    ref, name = meta.ref or "", meta.transition
    return Taken(decide(desk, gesture, ref, meta.step, name, given, meta.draft).ref)


def _form(desk: Desk, metadata: Metadata) -> Form:
    """Return the form, if it is the one that its purpose asks for. Raises NotOurs otherwise."""
    form = form_of(desk, metadata)
    workflow = desk.workflows[metadata.workflow]
    transition = workflow.transition(metadata.transition)
    wanted = workflow.key if metadata.transition == SUBMIT else transition and transition.form
    if form.key != wanted:
        raise NotOurs
    return form


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


def _cannot_act(unit: Unit, form: Form, values: Mapping[str, object]) -> dict[str, str]:
    """Return a sentence for every chosen person who could do nothing with the request."""
    chosen = {
        field.name: str(values[field.name])
        for field in form.fields
        if isinstance(field, PersonField) and values.get(field.name)
    }
    people = {name: unit.people.get(user) for name, user in chosen.items()}
    return {
        name: "Only members of this workspace can act here. Please choose somebody else."
        for name, person in people.items()
        if person is None or not person.active
    }


def _draft_of(unit: Unit, gesture: Gesture, submission: Submission) -> Draft | None:
    draft = unit.drafts.get(submission.metadata.draft)
    return draft if draft is not None and draft.user == gesture.user else None


def _keep(desk: Desk, unit: Unit, gesture: Gesture, submission: Submission, state: Json) -> None:
    before = _draft_of(unit, gesture, submission)
    at = later(before, desk.clock.now())
    unit.drafts.save(of_metadata(submission.metadata, gesture, state, before, at))
