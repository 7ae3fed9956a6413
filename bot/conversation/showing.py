"""The card of a conversation, kept current: posted in its thread, redrawn, moved down, closed."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from bot import parcels
from bot.cards import GONE
from bot.conversation.asking import Question, question
from bot.conversation.background import background
from bot.conversation.talk import Talk, place, talk_of, with_talk
from bot.desk import Desk
from bot.drafts import A_MOMENT, is_known
from bot.errors import SlackError, SlackRefused
from bot.forgetting import follow, withdrawn
from bot.ports import Claimed, Draft, Json, Unit
from bot.sending import NotYet, already_posted, channel_of, post_once
from bot.understanding.mentions import Background
from messages.message import Message
from messages.talk import Asked, Line, TalkFacts, below, card, discarded, elsewhere, gone, sent
from modals.fields import Choice, Day, Field, Person
from modals.form import Form
from modals.showing import shown

log = logging.getLogger(__name__)

PRIVATE = "private"
"""The field that, ticked, takes a conversation out of a channel."""
_PERSON = "user:"
_DM = "D"
"""With it the ids of direct messages begin."""
_NO_PLACE = frozenset({"channel_not_found", "is_archived", "not_in_channel", "restricted_action"})
"""Why nothing can be posted in a channel: then the conversation goes on in the DM."""
_HERE = "I cannot write in that channel, so let us go on here."
_TRIES = 5
_CHOSEN = (Choice, Day, Person)
"""What is answered by a control; everything else is written."""


def keep(desk: Desk, unit: Unit, draft: Draft, *, anew: bool = False, note: str = "") -> bool:
    """Store the draft with what is asked next, and promise its card.

    ``anew``: below what was said last, else in its place. ``note`` is what just went wrong.
    Returns False, with nothing stored, when the draft was changed since it was read.
    """
    before, asked = draft.at, asked_now(desk, unit, draft)
    talk = replace(talk_of(draft), asked=asked.field.name if asked else "")
    at = max(desk.clock.now(), draft.at + A_MOMENT)
    draft = replace(with_talk(draft, talk), at=at, resumable=False)
    if draft.state.get(PRIVATE):
        draft = withdrawn(unit, draft)
    if unit.drafts.get(draft.id) is None:
        unit.drafts.save(draft)
        follow(unit, draft, "begun")
    elif not unit.drafts.save(draft, over=before):
        return False
    unit.outbox.add(parcels.talk(draft, anew=anew, note=note))
    return True


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Show the card as it is now. One of what is done with meanwhile is left to its end.

    But for one that an earlier attempt has posted and nobody knows of: it has to say so itself.
    """
    what = claimed.parcel.payload
    found = _as_it_is(desk, claimed)
    if found is None:
        _withdrawn(desk, claimed)
        return
    draft, message = found
    is_here = what["place"] == draft.place
    if not is_here:
        _withdrawn(desk, claimed)
    talk, old = talk_of(draft), str(what["old"]) if is_here else ""
    channel, thread_ts, moved = _now_at(desk, draft.place)
    if not talk.ts:
        _session(desk, channel, thread_ts, draft.workflow, is_over=False)
    here = talk.ts if talk.ts != old else ""  # else an earlier attempt has moved it down already
    if not here or not _redrawn(desk, channel, here, message):
        try:
            here = post_once(desk, claimed, message, channel, thread_ts)
        except SlackRefused as refused:
            if not _is_no_place(channel, refused):
                raise
            channel = channel_of(desk, f"user:{draft.user}")
            with desk.store.unit() as unit:
                message = _drawn(desk, unit, draft, _HERE)
            here = post_once(desk, claimed, message, channel)
            old, moved = "", True
        if not _remember(desk, draft, here, place(channel, here) if moved else ""):
            _redrawn(desk, channel, here, gone(desk.workflows[draft.workflow]))
    if old and old != here:
        _redrawn(desk, channel, old, below())


def _as_it_is(desk: Desk, claimed: Claimed) -> tuple[Draft, Message] | None:
    """Return the form as it is now, with its card; None when it is done with."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        draft = unit.drafts.get(str(what["draft"]))
        if draft is None or not is_known(desk, draft):
            return None
        return draft, _drawn(desk, unit, draft, str(what["note"]))


def _withdrawn(desk: Desk, claimed: Claimed) -> None:
    """Say in a card that an earlier attempt may have posted that it is no card any more."""
    what = claimed.parcel.payload
    workflow = desk.workflows.get(str(what.get("workflow")))
    if workflow is None or claimed.unsure_since is None:
        return
    channel, thread_ts, _ = _now_at(desk, str(what["place"]))
    try:
        here = already_posted(desk, claimed, channel, thread_ts)
    except SlackRefused as refused:
        if not _is_no_place(channel, refused):
            raise
        return
    if here:
        _redrawn(desk, channel, here, gone(workflow))


def end(desk: Desk, claimed: Claimed) -> None:
    """Say in the card's place that it was handed in, or discarded; below, where there is none.

    Where it has moved to the DM, that is said where there was a card, and nothing else.
    """
    what = claimed.parcel.payload
    workflow = desk.workflows.get(str(what["workflow"]))
    if workflow is None:
        return
    ref, old = str(what["ref"]), str(what["old"])
    channel, thread_ts, _ = _now_at(desk, str(what["place"]))
    if what.get("moved"):
        if old:
            _redrawn(desk, channel, old, elsewhere(workflow))
        return
    message = sent(workflow, ref) if ref else discarded(workflow)
    if not old or not _redrawn(desk, channel, old, message):
        try:
            post_once(desk, claimed, message, channel, thread_ts)
        except SlackRefused as refused:
            if not _is_no_place(channel, refused):
                raise
            user = claimed.parcel.address.rpartition(":")[2]
            post_once(desk, claimed, message, channel_of(desk, f"user:{user}"))
    _session(desk, channel, thread_ts, workflow.key, is_over=True)


def _session(desk: Desk, channel: str, thread_ts: str, workflow: str, *, is_over: bool) -> None:
    """Tell Slack whether a conversation in a DM goes on: what it shows of that is an ornament."""
    if not channel.startswith(_DM) or not thread_ts:
        return
    try:
        desk.slack.session(channel, thread_ts, desk.workflows[workflow].title, is_over=is_over)
    except SlackError as error:
        log.info("Slack does not show how a conversation stands: %s", error)


def _now_at(desk: Desk, held: str) -> tuple[str, str, bool]:
    """Return channel and thread of a place, and whether it is a DM in which nothing stands yet."""
    channel, _, thread_ts = held.partition("/")
    if channel.startswith(_PERSON):
        return channel_of(desk, channel), "", True
    return channel, thread_ts, False


def _redrawn(desk: Desk, channel: str, ts: str, message: Message) -> bool:
    """Redraw our message; False when somebody has deleted it, or we cannot write there any more."""
    try:
        desk.slack.update(channel, ts, message)
    except SlackRefused as refused:
        if refused.code not in GONE and not _is_no_place(channel, refused):
            raise
        return False
    return True


def _is_no_place(channel: str, refused: SlackRefused) -> bool:
    return refused.code in _NO_PLACE and not channel.startswith(_DM)


def _remember(desk: Desk, shown: Draft, ts: str, moved: str) -> bool:
    """Keep where the card stands, and where one talks about it now if it has ``moved`` there.

    Returns False when its draft is gone, or has left the place where it was ``shown``.
    """
    for _ in range(_TRIES):
        with desk.store.unit() as unit:
            draft = unit.drafts.get(shown.id)
            if draft is None or draft.place != shown.place:
                return False
            kept = replace(draft, place=moved or draft.place)
            kept = with_talk(kept, replace(talk_of(kept), ts=ts))
            if unit.drafts.save(kept, over=draft.at):
                unit.commit()
                return True
    raise NotYet("The draft is being changed.")


def asked_now(desk: Desk, unit: Unit, draft: Draft) -> Question | None:
    """Return what is asked next of an unfinished form; None when it can be handed in."""
    known = background(desk, unit, draft.user, desk.workflows[draft.workflow])
    form, today = desk.forms[draft.form], known.today.now.date()
    return question(form, dict(draft.state), talk_of(draft), today, known.choices)


def _drawn(desk: Desk, unit: Unit, draft: Draft, note: str) -> Message:
    form, workflow = desk.forms[draft.form], desk.workflows[draft.workflow]
    known = background(desk, unit, draft.user, workflow)
    talk, today = talk_of(draft), known.today.now.date()
    asked = question(form, dict(draft.state), talk, today, known.choices)
    facts = TalkFacts(
        draft=draft.id,
        shown=draft.at.isoformat(),
        workflow=workflow,
        lines=[*_lines(form, draft, talk, known)],
        asked=_asked(asked, known) if asked else None,
        lost=talk.lost,
        note=note,
    )
    return card(facts)


def _lines(form: Form, draft: Draft, talk: Talk, known: Background) -> Iterator[Line]:
    visible = form.visible(draft.state, known.choices)
    for field in form.fields:
        text = shown(field, draft.state, known.choices) if field.name in visible else ""
        origin = talk.heard.get(field.name)
        is_default = isinstance(field, Choice) and field.name not in draft.state
        if text and not is_default:
            yield Line(
                label=field.label,
                shown=text,
                words=origin.words if origin else "",
                guess=origin is not None and origin.guess,
                by_model=origin is not None and origin.by_model,
            )


def _asked(asked: Question, known: Background) -> Asked:
    field = asked.field
    readings = tuple(shown(field, dict(each), known.choices) for each in asked.readings)
    return Asked(
        field=field.name,
        label=field.label,
        hint=field.hint,
        problem=asked.problem,
        readings=readings,
        control=_control(field) if isinstance(field, _CHOSEN) else None,
    )


def _control(field: Field) -> Json:
    return field.element({})
