"""A tag that somebody missed: those who keep the lists are asked, and add it with one click."""

from bot import keeping, windows
from bot.desk import Desk, Gesture
from bot.ports import Claimed, Observation, Seen, Unit
from bot.sending import post_once
from messages.markup import escape
from messages.problem import problem
from messages.suggestion import tag_suggested


def suggest(desk: Desk, claimed: Claimed) -> None:
    """Ask one of those who keep the lists."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        seen = _suggested(unit, str(what["ref"]), str(what["key"]))
    if seen is not None:
        post_once(desk, claimed, tag_suggested(seen.key, seen.text, seen.about, seen.user))


def add(desk: Desk, gesture: Gesture, key: str) -> None:
    """Add the suggested value to its list, and say so.

    Raises NotSuggested for a value that is there already, NotAllowed.
    """
    ref = key.split(":")[1] if key.startswith("tag:") else ""
    with desk.store.unit() as unit:
        keeping.keeper(desk, unit, gesture)
        seen = _suggested(unit, ref, key)
    if seen is None:
        raise keeping.NotSuggested
    keeping.add_suggested(desk, gesture, seen)
    said = f"“{seen.text}” is among the {seen.about} now; forms and tags offer it."
    windows.show(desk, gesture, problem(escape(said)))


def _suggested(unit: Unit, ref: str, key: str) -> Observation | None:
    found = unit.observations.of(ref, Seen.SUGGESTED)
    return next((each for each in found if each.key == key), None)
