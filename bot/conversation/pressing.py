"""The buttons and controls of a conversation's card: choose, submit, discard."""

from dataclasses import replace

from bot import drafts
from bot.conversation import showing
from bot.conversation.filling import chosen
from bot.conversation.talk import talk_of
from bot.desk import Desk, Gesture
from bot.errors import DraftGone, OthersDraft, Problem
from bot.forgetting import forget
from bot.intake import Alike, Changed, Refused, Submission, Taken, card_of, hand_in
from bot.members import member
from bot.ports import Draft, Unit
from modals.wire import Answer


class NotComplete(Problem):
    """Something is missing, or wrong by now; the card says what."""


def pick(desk: Desk, gesture: Gesture, draft_id: str, shown: str, name: str, nth: int) -> None:
    """Take the reading number ``nth`` of what was said of the field.

    Raises DraftGone, and Changed for a card that does not show the draft as it is.
    """
    with desk.store.unit() as unit:
        draft = _own(desk, unit, gesture, draft_id)
        origin = talk_of(draft).heard.get(name)
        readings = (origin.answer, *origin.others) if origin else ()
        if shown == draft.at.isoformat() and nth < len(readings):
            _keep(desk, unit, chosen(draft, name, readings[nth]))
            return
        _keep(desk, unit, draft)
    raise Changed


def choose(desk: Desk, gesture: Gesture, draft_id: str, name: str, answer: Answer) -> None:
    """Take what was chosen in the control of the field. Raises DraftGone."""
    with desk.store.unit() as unit:
        draft = _own(desk, unit, gesture, draft_id)
        if name in desk.forms[draft.form].names:
            _keep(desk, unit, chosen(draft, name, {name: answer}))


def discard(desk: Desk, gesture: Gesture, draft_id: str) -> None:
    """Forget it; the card says so. One that is gone already stays gone."""
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        draft = unit.drafts.get(draft_id, to_change=True)
        if draft is None:
            return
        if draft.user != gesture.user:
            raise OthersDraft
        forget(unit, draft)
        unit.commit()
    desk.wake()


def submit(desk: Desk, gesture: Gesture, draft_id: str, shown: str) -> None:
    """Hand it in as its form would be; twice is once.

    Raises DraftGone, Changed for a card that does not show it as it is, NotComplete.
    """
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        if unit.requests.from_view(card_of(draft_id)):
            return
        draft = _own(desk, unit, gesture, draft_id)
    metadata = drafts.metadata_of(draft)
    card = card_of(draft_id)
    submission = Submission(view_id=card, metadata=metadata, values={}, as_of=shown)
    try:
        result = hand_in(desk, replace(gesture, key=f"view:{gesture.team}:{card}"), submission)
    except Changed:
        _redraw(desk, gesture, draft_id)
        raise
    match result:
        case Refused():
            raise NotComplete
        case Alike(view):
            desk.slack.open_view(gesture.trigger_id, view)
        case Taken():
            pass


def _redraw(desk: Desk, gesture: Gesture, draft_id: str) -> None:
    with desk.store.unit() as unit:
        _keep(desk, unit, _own(desk, unit, gesture, draft_id))


def _own(desk: Desk, unit: Unit, gesture: Gesture, draft_id: str) -> Draft:
    """Return the person's own draft. Raises DraftGone, also where its form is, and OthersDraft."""
    member(desk, unit, gesture)
    draft = unit.drafts.get(draft_id, to_change=True)
    if draft is None or not draft.place:
        raise DraftGone
    if draft.user != gesture.user:
        raise OthersDraft
    if not drafts.is_known(desk, draft):
        raise DraftGone
    return draft


def _keep(desk: Desk, unit: Unit, draft: Draft) -> None:
    """Store it and redraw its card. Raises Changed when somebody was faster."""
    if not showing.keep(desk, unit, draft):
        raise Changed
    unit.commit()
    desk.wake()
