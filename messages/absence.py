"""What is said about who stands in for whom."""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo

from messages import rows
from messages.buttons import Away, EndAway, HandOn, ShowAll
from messages.cleaning import cut
from messages.facts import CardFacts
from messages.message import Json, Message
from messages.problem import whisper
from messages.templates import about, render
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


def seems_away(
    facts: CardFacts, person: str, said: tuple[str, str, date | None], names: Mapping[str, str]
) -> Message:
    """Return the offer to hand on what waits for ``person``, with a button for each of ``names``.

    ``said`` is what Slack says of them: the status, its emoji, and its last day.
    """
    text, emoji, until = said
    status = " ".join(filter(None, (emoji, text)))
    known = about(facts) | {"person": person, "status": status, "until": until}
    ref, step = facts.request.ref, facts.request.step
    buttons = [
        rows.button(f"Hand it to {cut(name, 50)}", HandOn(ref, step, user))
        for user, name in names.items()
    ]
    template = render("desk/seems_away", **known, names=tuple(names))
    return rows.message(template, rows.row(*buttons, rows.details(ref)))


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
