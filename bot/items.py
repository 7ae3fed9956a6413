"""Lists in a form: open one, turn its pages, add, change, move and remove its entries.

The list belongs to the draft of the form, and every gesture is one transaction on it. Slack stacks
three views; where none fits on top, the next one takes the place of the view it was opened from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from bot import parcels
from bot.desk import Desk, Gesture
from bot.drafts import Typed, form_of, later, save_typed
from bot.errors import DraftGone, Problem
from bot.intake import Refused
from bot.members import member
from bot.ports import Claimed, Draft, Json, Parcel, Unit
from bot.promising import zone_of
from modals import item_edits
from modals.fields import Items
from modals.fields.items import MOST_ENTRIES, Entry
from modals.item_form import check_entry, entry_view, read_entry
from modals.item_list import list_view, page_of
from modals.item_wire import Place, Press, Verb
from modals.metadata import NotOurs

CHANGED = "The list has changed meanwhile, so nothing was done. This is how it stands now."
FULL = f"There are {MOST_ENTRIES} entries already; more do not fit."


class EntryChanged(Problem):
    """The list has changed since you opened this, so nothing was saved. Please open it again."""


class ListFull(Problem):
    """This list is full, so nothing was saved. Please remove an entry first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An open list, or an open entry, as it came with a gesture named by ``occasion``.

    ``has_room``: another view fits on top of it.
    """

    view_id: str
    place: Place
    has_room: bool
    occasion: str


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry is in its list; ``view`` is that list, where the entry stands in its place."""

    view: Json | None


def open_list(desk: Desk, gesture: Gesture, typed: Typed, field: str, *, has_room: bool) -> None:
    """Save what is typed in the form and open one of its lists. Raises NotOurs and DraftGone."""
    place = Place(form=typed.metadata, field=field, on_form=has_room)
    items = _items(desk, place)
    save_typed(desk, gesture, typed)
    with desk.store.unit() as unit:
        draft = _own(unit, gesture, place)
        if not has_room:
            unit.outbox.add(_redrawn(desk, typed.view_id, typed.at.isoformat(), place))
            unit.commit()
    if has_room:
        view = list_view(items, draft.state, place)
        desk.slack.open_view(gesture.trigger_id, view, on_top=True)
    else:
        desk.wake()


def press(desk: Desk, gesture: Gesture, shown: Shown, pressed: Press) -> None:
    """Do what a button or a menu of the editor says. Raises DraftGone and NotOurs.

    What was pressed in a list that is not as it was shown any more is not done; the list is drawn
    as it is, and says so.
    """
    match pressed.verb:
        case Verb.ADD | Verb.EDIT:
            _open_entry(desk, gesture, shown, pressed)
        case Verb.UP | Verb.DOWN | Verb.REMOVE:
            _rearrange(desk, gesture, shown, pressed)
        case Verb.TURN:
            _turn(desk, gesture, shown, replace(shown.place, page=pressed.number))
        case Verb.BACK if shown.place.entry is not None:
            _turn(desk, gesture, shown, replace(shown.place, entry=None))
        case Verb.BACK:
            _back_to_form(desk, gesture, shown)
        case Verb.OPEN:
            raise NotOurs


def save_entry(desk: Desk, gesture: Gesture, shown: Shown, values: Json) -> Refused | Saved:
    """Take one entry into its list. A copy of the same submission changes nothing.

    Raises EntryChanged, ListFull and DraftGone; nothing is saved then.
    """
    place, now = shown.place, desk.clock.now()
    with desk.store.unit() as unit:
        items, draft = _standing(desk, unit, gesture, place)
        today = now.astimezone(zone_of(desk, unit, gesture.user)).date()
        entries = items.entries(draft.state)
        entry = read_entry(items, values, item_edits.opened(entries, place))
        if errors := check_entry(items, entry, today).errors:
            return Refused(errors)
        if unit.deliveries.first(f"items:{place.token}", now):
            draft = _stored(desk, unit, draft, place, _with_entry(entries, place, entry))
        back = replace(place, entry=None, page=page_of(place.entry or 0))
        if place.on_list:
            unit.outbox.add(_redrawn(desk, place.list_view, shown.occasion, back))
        unit.commit()
    desk.wake()
    return Saved(None if place.on_list else list_view(items, draft.state, back))


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Draw an open list, or the entry that takes its place, from the draft as it is now."""
    said = claimed.parcel.payload
    place = Place.decode(str(said["place"]))
    with desk.store.unit() as unit:
        draft = unit.drafts.get(place.form.draft)
    if draft is None:
        return
    items = _items(desk, place)
    if place.entry is None:
        view = list_view(items, draft.state, place, str(said["note"]))
    else:
        view = _entry_view(desk, items, draft, place)
    desk.slack.update_view(str(said["view"]), "", view)


def _open_entry(desk: Desk, gesture: Gesture, shown: Shown, pressed: Press) -> None:
    place, token = shown.place, uuid4().hex
    with desk.store.unit() as unit:
        items, draft = _standing(desk, unit, gesture, place)
        entries = items.entries(draft.state)
        if pressed.verb is Verb.ADD:
            note = FULL if len(entries) >= MOST_ENTRIES else ""
            number = None
        else:
            note = "" if item_edits.is_as_shown(entries, place, pressed) else CHANGED
            number = pressed.number
        if not note:
            below = shown.view_id if shown.has_room else ""
            place = item_edits.opened_at(entries, place, number, token)
            place = replace(place, on_list=shown.has_room, list_view=below)
        on_top = shown.has_room and not note
        if not on_top:
            unit.outbox.add(_redrawn(desk, shown.view_id, shown.occasion, place, note))
            unit.commit()
    if on_top:
        view = _entry_view(desk, items, draft, place)
        desk.slack.open_view(gesture.trigger_id, view, on_top=True)
    else:
        desk.wake()


def _rearrange(desk: Desk, gesture: Gesture, shown: Shown, pressed: Press) -> None:
    note = ""
    with desk.store.unit() as unit:
        items, draft = _standing(desk, unit, gesture, shown.place)
        entries = items.entries(draft.state)
        if item_edits.is_as_shown(entries, shown.place, pressed):
            _stored(desk, unit, draft, shown.place, item_edits.rearranged(entries, pressed))
        else:
            note = CHANGED
        unit.outbox.add(_redrawn(desk, shown.view_id, shown.occasion, shown.place, note))
        unit.commit()
    desk.wake()


def _turn(desk: Desk, gesture: Gesture, shown: Shown, place: Place) -> None:
    with desk.store.unit() as unit:
        _standing(desk, unit, gesture, place)
        unit.outbox.add(_redrawn(desk, shown.view_id, shown.occasion, place))
        unit.commit()
    desk.wake()


def _back_to_form(desk: Desk, gesture: Gesture, shown: Shown) -> None:
    with desk.store.unit() as unit:
        _, draft = _standing(desk, unit, gesture, shown.place)
        now = desk.clock.now()
        unit.outbox.add(parcels.view(draft.id, shown.view_id, shown.occasion, now))
        unit.commit()
    desk.wake()


def _stored(desk: Desk, unit: Unit, draft: Draft, place: Place, entries: Sequence[Entry]) -> Draft:
    """Put the list into the draft and promise to redraw the form below it.

    Of two gestures that began with the same state of the draft, the database lets one through; the
    other raises EntryChanged.
    """
    now = desk.clock.now()
    state = draft.state | _items(desk, place).with_entries(entries)
    after = replace(draft, state=state, at=later(draft, now))
    is_first = unit.deliveries.first(f"items:{draft.id}:{draft.at.isoformat()}", now)
    if not (is_first and unit.drafts.save(after)):
        raise EntryChanged
    if place.on_form:
        unit.outbox.add(parcels.view(draft.id, draft.view_id, after.at.isoformat(), now))
    return after


def _with_entry(entries: Sequence[Entry], place: Place, entry: Entry) -> list[Entry]:
    after = item_edits.with_entry(entries, place, entry)
    if after is None:
        raise EntryChanged
    if len(after) > MOST_ENTRIES:
        raise ListFull
    return after


def _entry_view(desk: Desk, items: Items, draft: Draft, place: Place) -> Json:
    entries = items.entries(draft.state)
    if place.seen:
        return entry_view(items, item_edits.opened(entries, place), place, is_new=False)
    fresh = item_edits.new_entry(items, entries, desk.company.currency)
    return entry_view(items, fresh, place, is_new=True)


def _redrawn(desk: Desk, view_id: str, occasion: str, place: Place, note: str = "") -> Parcel:
    """An open list, or an entry in its place, to be drawn anew by :func:`deliver`."""
    return Parcel(
        key=f"items:{view_id}:{occasion}",
        kind="items",
        address=f"view:{view_id}",
        payload={"view": view_id, "place": place.encode(), "note": note},
        due=desk.clock.now(),
    )


def _standing(desk: Desk, unit: Unit, gesture: Gesture, place: Place) -> tuple[Items, Draft]:
    member(desk, unit, gesture)
    return _items(desk, place), _own(unit, gesture, place)


def _items(desk: Desk, place: Place) -> Items:
    for field in form_of(desk, place.form).fields:
        if isinstance(field, Items) and field.name == place.field:
            return field
    raise NotOurs


def _own(unit: Unit, gesture: Gesture, place: Place) -> Draft:
    draft = unit.drafts.get(place.form.draft)
    if draft is None or draft.user != gesture.user:
        raise DraftGone
    return draft
