"""Nothing that the bot has seen of a form is lost: drafts are saved, kept, offered and resumed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import entitled, parcels, prefilling
from bot.desk import Desk, Gesture
from bot.errors import DraftGone, OthersDraft, ViewGone
from bot.forgetting import forget, withdrawn
from bot.members import member
from bot.offering import Offered, offered
from bot.ports import Claimed, Draft, Json, Unit
from bot.promising import zone_of
from bot.sending import post_once
from messages.notice import draft_kept
from modals.fields import Choice, Text
from modals.form import LONGEST_TITLE, Form
from modals.metadata import Metadata, NotOurs
from workflows.definition import Workflow
from workflows.engine import SUBMIT
from workflows.request import Request
from workflows.roles import Seat

A_MOMENT = timedelta(microseconds=1)

GIVEN = frozenset({"requester_name", "currency"})
"""Answers that stand in a new form when it is opened: nobody has typed them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An open form as Slack shows it with a gesture. ``at`` is the time of the gesture."""

    view_id: str
    view_hash: str
    shown: frozenset[str]
    """The ids of the blocks that the form shows now."""
    metadata: Metadata
    values: Json
    at: datetime


def form_of(desk: Desk, metadata: Metadata) -> Form:
    """Return the form that is open. Raises NotOurs when there is no such form any more."""
    form = desk.forms.get(metadata.form)
    if form is None or metadata.workflow not in desk.workflows:
        raise NotOurs
    return form


def merged(
    desk: Desk, unit: Unit, user: str, metadata: Metadata, values: Json, before: Draft | None
) -> Json:
    """Return what is typed now over what stood there before: hidden answers survive.

    Before anything was typed that is what the form was filled with: the request as it is.
    """
    form = form_of(desk, metadata)
    read = form.read(values)
    if before is not None:
        return dict(before.state) | form.restore(read, before.full)
    request = unit.requests.get(metadata.ref) if metadata.ref else None
    workflow = desk.workflows[metadata.workflow]
    transition = workflow.transition(metadata.transition)
    if request is None or transition is None:
        return read
    if not entitled.is_theirs(desk, unit, request, transition, user):
        return read
    return form.fill(prefilling.prefilled(desk, unit, request, transition, user)) | read


def save_typed(desk: Desk, gesture: Gesture, typed: Typed) -> None:
    """Save the whole state of the form; promise to redraw it when its fields must change.

    One that was handed in already, of which the person was not told, is done with. A short form
    that was opened without a draft, such as one's settings, is not kept.
    """
    if not typed.metadata.draft:
        return
    form = form_of(desk, typed.metadata)
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        if is_sent(unit, typed.view_id):
            return
        before = _own(unit.drafts.get(typed.metadata.draft), gesture)
        state = merged(desk, unit, gesture.user, typed.metadata, typed.values, before)
        draft = of_metadata(typed.metadata, gesture, state, before, typed.at)
        draft = replace(draft, view_id=typed.view_id, view_hash=typed.view_hash)
        stored = unit.drafts.save(draft)
        changes = not form.is_drawn_for(state, typed.shown)
        if stored and changes:
            at = typed.at.isoformat()
            unit.outbox.add(parcels.view(draft.id, typed.view_id, at, desk.clock.now()))
        unit.commit()
    if stored and changes:
        desk.wake()


def is_sent(unit: Unit, view_id: str) -> bool:
    """Whether the form in this modal has made its request, though Slack may not know it."""
    return unit.requests.from_view(view_id) is not None


def closed(desk: Desk, gesture: Gesture, metadata: Metadata, view_id: str) -> None:
    """Mark the draft of a closed form as resumable and offer it again.

    An empty one is forgotten, one that was handed in, and one for a request that has moved on.
    A form without a draft has nothing to offer.
    """
    if not metadata.draft:
        return
    with desk.store.unit() as unit:
        draft = _own(unit.drafts.get(metadata.draft, to_change=True), gesture)
        if draft is None or draft.resumable:
            return
        if is_sent(unit, view_id) or not goes_on(desk, unit, draft):
            forget(unit, draft)
            unit.commit()
            return
        now = desk.clock.now()
        kept = replace(draft, resumable=True, at=later(draft, now))
        unit.drafts.save(kept)
        if draft.place:
            unit.outbox.add(parcels.talk(kept))
        else:
            unit.outbox.add(parcels.draft_kept(draft.id, kept.at.isoformat(), draft.user, now))
        unit.commit()
    desk.wake()


def resume_here(desk: Desk, gesture: Gesture, draft_id: str, view_id: str, view_hash: str) -> None:
    """Put a draft into the form that is open in ``view_id``."""
    with desk.store.unit() as unit:
        draft = _own(unit.drafts.get(draft_id, to_change=True), gesture)
        if draft is None:
            raise DraftGone
        member(desk, unit, gesture)
        entitled.request_of(desk, unit, draft)
        now, at = desk.clock.now(), draft.at + A_MOMENT
        draft = withdrawn(unit, draft)
        unit.drafts.save(
            replace(draft, view_id=view_id, view_hash=view_hash, resumable=False, at=at)
        )
        unit.outbox.add(parcels.view(draft.id, view_id, at.isoformat(), now))
        unit.commit()
    desk.wake()


def resume(desk: Desk, gesture: Gesture, draft_id: str) -> None:
    """Open the form of a draft again, as it was left."""
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        draft = unit.drafts.get(draft_id)
        if draft is None:
            raise DraftGone
        if draft.user != gesture.user:
            raise OthersDraft
        request = entitled.request_of(desk, unit, draft)
        apart = withdrawn(unit, draft)
        if apart.place != draft.place:
            draft = replace(apart, at=later(draft, desk.clock.now()))
            unit.drafts.save(draft)
            unit.outbox.add(parcels.talk(draft))
            unit.commit()
            desk.wake()
    view = drawn(desk, draft, request)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def latest(desk: Desk, user: str, workflow: Workflow) -> str | None:
    """Return the id of the form for a new request that the person has begun last, if any."""
    with desk.store.unit() as unit:
        found = unit.drafts.latest(user, workflow.key, SUBMIT, None)
    return found.id if found else None


def drawn(
    desk: Desk, draft: Draft, request: Request | None, resume: tuple[str, str] | None = None
) -> Json:
    """Return the form of ``draft`` as a view, filled in as far as it was typed.

    ``request`` is what it was opened over; the questions that its asker may answer stand on top.
    ``resume`` offers another draft (id and words).
    """
    questions = request.questions if request else ()
    metadata = replace(metadata_of(draft), seen=len(questions))
    transition = desk.workflows[draft.workflow].transition(draft.transition)
    asked = questions if transition and Seat.ASKER in transition.by else ()
    form = form_of(desk, metadata)
    return form.view(
        draft.state,
        metadata,
        title=transition.label if transition and len(transition.label) <= LONGEST_TITLE else None,
        note=_note(form, draft, [question.text for question in asked]),
        resume=resume,
        choices=_choices(desk, draft, request),
    )


def _note(form: Form, draft: Draft, questions: list[str]) -> str | None:
    """Return what stands above the form: open questions, else which request it is about."""
    if questions:
        return "\n".join(f"Question: {each}" for each in questions)
    return f"This is about {draft.ref}." if draft.ref and form.note_for is None else None


def _choices(desk: Desk, draft: Draft, request: Request | None) -> Offered:
    workflow = desk.workflows[draft.workflow]
    with desk.store.unit() as unit:
        return offered(desk, unit, workflow, draft.transition, request, draft.user)


def update_view(desk: Desk, claimed: Claimed) -> None:
    """Redraw an open form from its draft: fields appear and disappear, typed text stays."""
    with desk.store.unit() as unit:
        draft = unit.drafts.get(str(claimed.parcel.payload["draft"]))
        if draft is None:
            return
        request = entitled.request_of(desk, unit, draft)
    view = drawn(desk, draft, request)
    try:
        fresh = desk.slack.update_view(draft.view_id, draft.view_hash, view)
    except ViewGone as gone:
        if gone.code != "hash_conflict":
            raise
        # A gesture can carry the hash of a view that we have replaced since; what is drawn is
        # the newest draft all the same, and Slack keeps what is typed.
        fresh = desk.slack.update_view(draft.view_id, "", view)
    with desk.store.unit() as unit:
        latest = unit.drafts.get(draft.id, to_change=True)
        if latest is not None and latest.view_hash == draft.view_hash:
            unit.drafts.save(replace(latest, view_hash=fresh))
            unit.commit()


def offer(desk: Desk, claimed: Claimed) -> None:
    """Tell somebody who closed a form that their draft is kept."""
    with desk.store.unit() as unit:
        draft = unit.drafts.get(str(claimed.parcel.payload["draft"]))
        if draft is None or not draft.resumable:
            return
        words = label(desk, draft, zone_of(desk, unit, draft.user))
    post_once(desk, claimed, draft_kept(words, draft.id))


def label(desk: Desk, draft: Draft, zone: ZoneInfo) -> str:
    """Return a draft in a few words: when it was last touched (in ``zone``), how it begins."""
    at = draft.at.astimezone(zone)
    name = draft.ref or desk.workflows[draft.workflow].title
    texts = [field for field in desk.forms[draft.form].fields if isinstance(field, Text)]
    written = [
        field.text(draft.state.get(field.name)) for field in texts if field.name not in GIVEN
    ]
    first = next(filter(None, written), "")
    about = f" ({first[:40]})" if first else ""
    return f"{name}, {at:%d %b %H:%M}{about}"


def is_begun(desk: Desk, draft: Draft) -> bool:
    """Whether the person has entered anything that was not there when the form was opened.

    Never in a form that an upgrade has removed: nobody can go on with it.
    """
    form = desk.forms.get(draft.form)
    for field in form.fields if form and draft.workflow in desk.workflows else ():
        default = field.default if isinstance(field, Choice) else ""
        for name in set(field.names) - GIVEN:
            if draft.state.get(name) not in (None, "", [], default):
                return True
    return False


def goes_on(desk: Desk, unit: Unit, draft: Draft) -> bool:
    """Whether somebody has begun the form, and its request, if any, has not moved on."""
    if not is_begun(desk, draft):
        return False
    request = unit.requests.get(draft.ref) if draft.ref else None
    return request is None or request.step == draft.step


def of_metadata(
    metadata: Metadata, gesture: Gesture, state: Json, before: Draft | None, at: datetime
) -> Draft:
    """Return the draft of the form that carries ``metadata``, over what is stored of it."""
    if before is not None:
        return replace(before, state=state, at=at, resumable=False)
    return Draft(
        id=metadata.draft,
        user=gesture.user,
        form=metadata.form,
        workflow=metadata.workflow,
        transition=metadata.transition,
        ref=metadata.ref,
        step=metadata.step,
        state=state,
        at=at,
    )


def metadata_of(draft: Draft) -> Metadata:
    """Return what the form of ``draft`` must carry to be recognised when it is handed in."""
    return Metadata(
        form=draft.form,
        workflow=draft.workflow,
        transition=draft.transition,
        ref=draft.ref,
        step=draft.step,
        draft=draft.id,
    )


def later(draft: Draft | None, now: datetime) -> datetime:
    """Return just after the draft's last gesture, or ``now`` when there was none.

    Gestures carry Slack's time and ours may differ: what is typed next must not count as older.
    """
    return now if draft is None else draft.at + A_MOMENT


def is_known(desk: Desk, draft: Draft) -> bool:
    """Whether there still is the form of the draft, and its workflow: an upgrade removes some."""
    return draft.form in desk.forms and draft.workflow in desk.workflows


def _own(draft: Draft | None, gesture: Gesture) -> Draft | None:
    return draft if draft is not None and draft.user == gesture.user else None
