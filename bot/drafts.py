"""Nothing that the bot has seen of a form is lost: drafts are saved, kept, offered and resumed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import parcels
from bot.desk import Desk, Gesture
from bot.errors import Problem
from bot.members import member
from bot.ports import Claimed, Draft, Json
from bot.promising import zone_of
from bot.sending import post_once
from messages.notice import draft_kept
from modals.fields import Choice, Text
from modals.form import Form
from modals.metadata import Metadata, NotOurs

GIVEN = frozenset({"requester_name", "currency"})
"""Answers that stand in a new form when it is opened: nobody has typed them."""


class DraftGone(Problem):
    """This draft has been submitted or discarded already."""


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


def merged(form: Form, values: Json, before: Draft | None) -> Json:
    """Return what is typed now over what was typed before: hidden answers survive."""
    state = dict(before.state) if before else {}
    read = form.read(values)
    return state | (form.restore(read, before.full) if before else read)


def save_typed(desk: Desk, gesture: Gesture, typed: Typed) -> None:
    """Save the whole state of the form; promise to redraw it when its fields must change."""
    form = form_of(desk, typed.metadata)
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        before = _own(unit.drafts.get(typed.metadata.draft), gesture)
        state = merged(form, typed.values, before)
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


def closed(desk: Desk, gesture: Gesture, metadata: Metadata) -> None:
    """Mark the draft of a closed form as resumable and offer it again; forget an empty one."""
    with desk.store.unit() as unit:
        draft = _own(unit.drafts.get(metadata.draft), gesture)
        if draft is None or draft.resumable:
            return
        if not is_begun(desk, draft):
            unit.drafts.drop(draft.id)
            unit.commit()
            return
        now = desk.clock.now()
        kept = replace(draft, resumable=True, at=later(draft, now))
        unit.drafts.save(kept)
        unit.outbox.add(parcels.draft_kept(draft.id, kept.at.isoformat(), draft.user, now))
        unit.commit()
    desk.wake()


def resume_here(desk: Desk, gesture: Gesture, draft_id: str, view_id: str, view_hash: str) -> None:
    """Put a draft into the form that is open in ``view_id``."""
    with desk.store.unit() as unit:
        draft = _own(unit.drafts.get(draft_id), gesture)
        if draft is None:
            raise DraftGone
        now = desk.clock.now()
        at = later(draft, now)
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
        draft = _own(unit.drafts.get(draft_id), gesture)
        if draft is None:
            raise DraftGone
    view = drawn(desk, draft)
    desk.slack.open_view(gesture.trigger_id, view)


def drawn(desk: Desk, draft: Draft) -> Json:
    """Return the form of ``draft`` as a view, filled in as far as it was typed."""
    form = form_of(desk, metadata_of(draft))
    workflow = desk.workflows[draft.workflow]
    transition = workflow.transition(draft.transition)
    title = transition.label if transition else None
    return form.view(draft.state, metadata_of(draft), title=title)


def update_view(desk: Desk, claimed: Claimed) -> None:
    """Redraw an open form from its draft: fields appear and disappear, typed text stays."""
    with desk.store.unit() as unit:
        draft = unit.drafts.get(str(claimed.parcel.payload["draft"]))
    if draft is None:
        return
    fresh = desk.slack.update_view(draft.view_id, draft.view_hash, drawn(desk, draft))
    with desk.store.unit() as unit:
        latest = unit.drafts.get(draft.id)
        if latest is not None and latest.view_hash == draft.view_hash:
            unit.drafts.save(replace(latest, view_hash=fresh))
            unit.commit()


def offer(desk: Desk, claimed: Claimed) -> None:
    """Tell somebody who closed a form that their draft is kept."""
    with desk.store.unit() as unit:
        draft = unit.drafts.get(str(claimed.parcel.payload["draft"]))
        if draft is None or not draft.resumable:
            return
    post_once(desk, claimed, draft_kept(label(desk, draft), draft.id))


def label(desk: Desk, draft: Draft) -> str:
    """Return a draft in a few words: when it was last touched, and what it begins with."""
    with desk.store.unit() as unit:
        at = draft.at.astimezone(zone_of(desk, unit, draft.user))
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
    """Return ``now``, or just after the draft's last gesture when Slack's clock is ahead."""
    return now if draft is None else max(now, draft.at + timedelta(microseconds=1))


def _own(draft: Draft | None, gesture: Gesture) -> Draft | None:
    return draft if draft is not None and draft.user == gesture.user else None
