"""What a gesture does to the entries of a list, and to the place from which it was made."""

from collections.abc import Sequence
from dataclasses import replace

from modals.fields import Amount, Items
from modals.fields.items import Entry, fingerprint
from modals.item_wire import Place, Press, Verb


def is_as_shown(entries: Sequence[Entry], place: Place, pressed: Press) -> bool:
    """Whether the list is still what its view showed when an entry of it was chosen."""
    return fingerprint(entries) == place.seen and pressed.number < len(entries)


def rearranged(entries: Sequence[Entry], pressed: Press) -> list[Entry]:
    """Return the entries with one of them moved up or down, or removed."""
    at = pressed.number
    rest = [*entries[:at], *entries[at + 1 :]]
    if pressed.verb is Verb.REMOVE:
        return rest
    to = at + 1 if pressed.verb is Verb.DOWN else max(0, at - 1)
    return [*rest[:to], entries[at], *rest[to:]]


def opened_at(entries: Sequence[Entry], place: Place, number: int | None, token: str) -> Place:
    """Return the place of the entry ``number``, or without one of an entry that is being added.

    ``token`` names this drawing of its form.
    """
    if number is None:
        return replace(place, entry=len(entries), seen="", token=token)
    return replace(place, entry=number, seen=fingerprint([entries[number]]), token=token)


def opened(entries: Sequence[Entry], place: Place) -> Entry:
    """Return what stands now where the entry was opened; nothing for one that is being added."""
    at = place.entry
    return entries[at] if place.seen and at is not None and at < len(entries) else {}


def with_entry(entries: Sequence[Entry], place: Place, entry: Entry) -> list[Entry] | None:
    """Return the entries with the one that was opened at ``place`` as it is now.

    None when another stands there than the one that was opened. A new one goes to the end.
    """
    if not place.seen:
        return [*entries, entry]
    if fingerprint([opened(entries, place)]) != place.seen or place.entry is None:
        return None
    return [*entries[: place.entry], entry, *entries[place.entry + 1 :]]


def new_entry(items: Items, entries: Sequence[Entry], currency: str) -> Entry:
    """Return what a new entry begins with: the currency of the last one, else ``currency``."""
    last = entries[-1] if entries else {}
    amounts = (field for field in items.fields if isinstance(field, Amount))
    return {each.currency: last.get(each.currency) or currency for each in amounts}
