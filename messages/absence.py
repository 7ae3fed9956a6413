"""What is said about who stands in for whom."""

from collections.abc import Sequence
from datetime import tzinfo

from messages import rows
from messages.buttons import Away, EndAway, ShowAll
from messages.message import Json, Message
from messages.problem import whisper
from messages.templates import render
from workflows.delegation import Delegation


def set_up(delegation: Delegation, zone: tzinfo, *, to: str) -> Message:
    """Return who stands in for whom, from when to when, with a button that ends it.

    ``zone`` is that of the one who is away; ``to`` reads it.
    """
    said = render("desk/away_set", **_about(delegation, zone), to=to)
    return rows.message(said, rows.row(rows.button("End it", EndAway(delegation.id))))


def moved(
    delegation: Delegation,
    zone: tzinfo,
    refs: Sequence[str],
    more: int,
    *,
    begins: bool,
    to: str,
) -> Message:
    """Return what went to the deputy, or came back; ``more`` requests are not among ``refs``."""
    known = _about(delegation, zone) | {"refs": tuple(refs), "more": more, "begins": begins}
    said = render("desk/away_moved", **known, to=to)
    return rows.message(said, rows.row(rows.button("Show all", ShowAll())))


def ended_by_hand(deputies: Sequence[str]) -> Message:
    """Return that those do not stand in for the reader any more."""
    return rows.message(render("desk/away_off", deputies=tuple(dict.fromkeys(deputies))))


def nothing_to_end() -> Message:
    """Return that nobody stands in for the reader, and how to change that."""
    return whisper("Nobody stands in for you. To name somebody: /requests away")


def away_button() -> Json:
    """Return the button that opens the form."""
    return rows.button("I'm away", Away())


def _about(delegation: Delegation, zone: tzinfo) -> dict[str, object]:
    begins = delegation.begins
    return {
        "away": delegation.user,
        "deputy": delegation.deputy,
        "set_by": delegation.set_by,
        "first": None if begins is None else begins.astimezone(zone).date(),
        "last": delegation.last_day(zone),
        "note": delegation.note,
    }
