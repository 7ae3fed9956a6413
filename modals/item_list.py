"""The view that lists the entries of an :class:`modals.fields.Items` field, a page at a time."""

from collections.abc import Iterator
from dataclasses import replace

from modals.fields import Items, State
from modals.fields.items import MOST_ENTRIES, Entry, fingerprint
from modals.fitting import cut
from modals.form import LONGEST_TITLE
from modals.item_wire import LIST, MENU, Place, Press, Verb, button_id, value_of
from modals.wire import NOTE_BLOCK, Json, plain

PAGE = 20
"""Entries a page: a view holds 100 blocks, and people like to see the end of a list."""


def list_view(field: Items, state: State, place: Place, note: str = "") -> Json:
    """Return the list in ``state`` at the page of ``place``, or at the last one there is.

    ``note`` is a line above it. Every gesture in it carries what was shown, by its fingerprint.
    """
    entries = field.entries(state)
    last = max(0, len(entries) - 1) // PAGE
    page = min(place.page, last)
    shown = replace(place, page=page, entry=None, seen=fingerprint(entries), token="", list_view="")
    return {
        "type": "modal",
        "callback_id": LIST,
        "private_metadata": shown.encode(),
        "title": plain(cut(field.label, LONGEST_TITLE)),
        "close": plain("Back" if place.on_form else "Close"),
        "notify_on_close": not place.on_form,
        "blocks": [
            *_top(len(entries), page, last, note),
            *_entries(field, entries, page),
            _buttons(field, len(entries), shown, last),
        ],
    }


def page_of(number: int) -> int:
    """Return the page on which the entry ``number`` (from 0) stands."""
    return number // PAGE


def _top(count: int, page: int, last: int, note: str) -> Iterator[Json]:
    where = f", page {page + 1} of {last + 1}" if last else ""
    said = plain(f"{count} of at most {MOST_ENTRIES}{where}")
    if note:
        yield {"type": "section", "block_id": NOTE_BLOCK, "text": plain(note)}
    yield {"type": "context", "block_id": "items_count", "elements": [said]}


def _entries(field: Items, entries: list[Entry], page: int) -> Iterator[Json]:
    first = page * PAGE
    for number, entry in enumerate(entries[first : first + PAGE], start=first):
        yield {
            "type": "section",
            "block_id": f"entry_{number}",
            "text": plain(f"{number + 1}. {field.said(entry)}"),
            "accessory": {
                "type": "overflow",
                "action_id": MENU,
                "options": [*_menu(number, len(entries))],
            },
        }


def _menu(number: int, count: int) -> Iterator[Json]:
    offered = {
        Verb.EDIT: "Edit",
        Verb.UP: "Move up" if number else "",
        Verb.DOWN: "Move down" if number < count - 1 else "",
        Verb.REMOVE: "Remove",
    }
    for verb, words in offered.items():
        if words:
            yield {"text": plain(words), "value": value_of(Press(verb, number))}


def _buttons(field: Items, count: int, place: Place, last: int) -> Json:
    offered = []
    if count < MOST_ENTRIES:
        offered.append((f"Add a {field.noun}", Press(Verb.ADD)))
    if place.page:
        offered.append(("Earlier", Press(Verb.TURN, place.page - 1)))
    if place.page < last:
        offered.append(("Later", Press(Verb.TURN, place.page + 1)))
    if not place.on_form:
        offered.append(("Back to the form", Press(Verb.BACK)))
    elements = [
        {
            "type": "button",
            "action_id": button_id(press),
            "value": value_of(press),
            "text": plain(words),
        }
        for words, press in offered
    ]
    return {"type": "actions", "block_id": "items_buttons", "elements": elements}
