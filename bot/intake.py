"""A form is handed in: a new request, or what a transition needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import moves, parcels
from bot.checking import second_look, to_be_checked
from bot.decisions import decide
from bot.desk import Desk, Gesture
from bot.drafts import form_of, later, merged, metadata_of, of_metadata
from bot.errors import DraftGone, Problem
from bot.forgetting import forget
from bot.members import member
from bot.offering import Offered, offered
from bot.ports import Draft, Json, Unit
from bot.promising import zone_of
from bot.scopes import SCOPE_FILE
from bot.shelf import look_alikes
from modals.fields import Person as PersonField
from modals.form import Checked, Form
from modals.metadata import Metadata, NotOurs
from workflows.definition import Given, Workflow
from workflows.engine import SUBMIT, Actor
from workflows.permission import may_ask
from workflows.refusals import NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form as Slack hands it in. ``values`` is ``view.state.values``."""

    view_id: str
    metadata: Metadata
    values: Json
    as_of: str = ""
    """The instant (ISO) of the draft that was shown, where nothing is typed; "" where it is."""


class Changed(Problem):
    """This has changed since you saw it. Please look at it once more, and press Submit again."""


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


@dataclass(frozen=True, slots=True)
class Alike:
    """Something like it is there already: ``view`` shows it on top of the form."""

    view: Json


def hand_in(
    desk: Desk, gesture: Gesture, submission: Submission, *, anyway: bool = False
) -> Refused | Taken | Alike:
    """Take a form. What was typed is kept as a draft when it is refused; a copy makes nothing new.

    Before something new is asked for, what is like it is shown, unless it is to be sent ``anyway``.
    Raises the refusals of the engine, and Unavailable when nothing could be stored.
    """
    form, meta = _form(desk, submission.metadata), submission.metadata
    workflow, is_new = desk.workflows[meta.workflow], meta.transition == SUBMIT
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        if is_new and (sent := _sent(unit, submission)):
            return Taken(sent)
        if submission.as_of and not _is_as_of(unit, gesture, submission):
            raise Changed
        state, said = _read(desk, unit, gesture, submission)
        if (file := _scope_file(said.values)) and not said.errors:
            _read_scope(desk, unit, gesture, submission, state, file)
            unit.commit()
            desk.wake()
            raise ScopeIsRead
        office = desk.office(unit, workflow, person.user)
        allowed = not is_new or may_ask(workflow, person.user, office)
        alike = None
        if is_new and allowed and not said.errors:
            alike = (
                None if anyway else look_alikes.before(desk, unit, gesture.user, meta, said.values)
            )
            if alike is None:
                ref = _submit(desk, unit, gesture, submission, said.values)
                unit.commit()
                desk.wake()
                return Taken(ref)
        _keep(desk, unit, gesture, submission, state)
        unit.commit()
    if alike is not None:
        return Alike(alike)
    if not allowed:
        raise NotAllowed(f"You cannot ask for a {workflow.noun} any more; what you wrote is kept.")
    if said.errors:
        return Refused(form.errors_by_block(said.errors, state, submission.values))
    return _transition(desk, gesture, submission, said.values)


def send_anyway(
    desk: Desk, gesture: Gesture, draft_id: str, view_id: str
) -> Refused | Taken | Alike:
    """Hand in the form that a person kept beside its look-alikes; a copy makes nothing new.

    Raises DraftGone.
    """
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        draft, sent = unit.drafts.get(draft_id), unit.requests.from_view(view_id)
    if sent:
        return Taken(sent)
    if draft is None or draft.user != gesture.user:
        raise DraftGone
    submission = Submission(view_id=view_id, metadata=metadata_of(draft), values={})
    return hand_in(desk, gesture, submission, anyway=True)


def _read(desk: Desk, unit: Unit, gesture: Gesture, submission: Submission) -> tuple[Json, Checked]:
    """Return what is typed, and what it says: typed values, and a sentence for each problem."""
    meta = submission.metadata
    draft = _draft_of(unit, gesture, submission)
    state = merged(desk, unit, gesture.user, meta, submission.values, draft)
    return state, checked(desk, unit, gesture.user, meta, state)


def checked(desk: Desk, unit: Unit, user: str, meta: Metadata, state: Json) -> Checked:
    """Return what a form's answers say, by every rule that there is: the form's, and the desk's."""
    form, workflow = form_of(desk, meta), desk.workflows[meta.workflow]
    today = desk.clock.now().astimezone(zone_of(desk, unit, user)).date()
    request = unit.requests.get(meta.ref) if meta.ref else None
    found = form.check(state, today=today, choices=choices(desk, unit, user, meta))
    found.errors.update(_cannot_act(unit, form, found.values))
    if not found.errors:
        looked = second_look(desk, unit, workflow, meta.transition, request, found.values)
        found.errors.update(looked)
    return found


def choices(desk: Desk, unit: Unit, user: str, meta: Metadata) -> Offered:
    """Return the options of the occasion, with which a form's answers are compared."""
    workflow = desk.workflows[meta.workflow]
    request = unit.requests.get(meta.ref) if meta.ref else None
    options = offered(desk, unit, workflow, meta.transition, request, user)
    return to_be_checked(workflow, meta.transition, options)


def _sent(unit: Unit, submission: Submission) -> str | None:
    """Return what this form has made already, or the card of the same draft has."""
    of_card = unit.requests.from_view(card_of(submission.metadata.draft))
    return unit.requests.from_view(submission.view_id) or of_card


def card_of(draft: str) -> str:
    """Return what stands for the view where the draft is handed in from a conversation's card."""
    return f"talk:{draft}"


def _is_as_of(unit: Unit, gesture: Gesture, submission: Submission) -> bool:
    draft = _draft_of(unit, gesture, submission)
    return draft is not None and draft.at.isoformat() == submission.as_of


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
    if not unit.deliveries.first(gesture.key, desk.clock.now()):
        return unit.requests.from_view(submission.view_id) or ""
    workflow = desk.workflows[submission.metadata.workflow]
    ref = made(desk, unit, gesture, workflow, values, submission.view_id)
    draft = _draft_of(unit, gesture, submission)
    if draft is not None:
        forget(unit, draft, ref)
    return ref


def made(
    desk: Desk,
    unit: Unit,
    gesture: Gesture,
    workflow: Workflow,
    values: Mapping[str, object],
    source: str,
) -> str:
    """Make the request that ``values`` are, and return its number. Raises NotAllowed.

    ``source`` names what it comes from: it makes one request and no second; Stale says so.
    """
    office = desk.office(unit, workflow, gesture.user)
    actor = Actor(gesture.user, gesture.surface)
    details = workflow.details(**values)
    return moves.make(desk, unit, workflow, details, actor, office, source).ref


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
    kept = of_metadata(submission.metadata, gesture, state, before, at)
    unit.drafts.save(kept)
    if kept.place:
        unit.outbox.add(parcels.talk(kept))
