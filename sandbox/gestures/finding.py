"""Finding what a person names: a field by its label, a button by its words."""

import re
from collections.abc import Iterable

from sandbox.blocks.elements import STATELESS, Place, places
from sandbox.errors import ButtonGone, NoSuchField
from sandbox.state.records import JSON

EMOJI = re.compile(r":[a-z0-9_+-]+:")


def plain(name: str) -> str:
    """A name without regard to case, spaces, punctuation and emoji codes."""
    return re.sub(r"\W+", "_", EMOJI.sub("", name).casefold()).strip("_")


def visible(blocks: list[JSON], viewer: str) -> Iterable[Place]:
    """The elements this person sees."""
    for place in places(blocks):
        only_for = place.element.get("visible_to_user_ids")
        if only_for is None or viewer in only_for:
            yield place


def button(blocks: list[JSON], viewer: str, name: str) -> Place:
    """A button by its label, action id or value. Raises ButtonGone."""
    buttons = [place for place in visible(blocks, viewer) if place.type in STATELESS]
    for place in buttons:
        if name in (place.label, place.action_id, place.element.get("value")) or plain(
            name
        ) == plain(place.label):
            return place
    raise ButtonGone(button=name, offered=", ".join(place.label for place in buttons) or "none")


def field(blocks: list[JSON], viewer: str, name: str) -> Place:
    """A field by its label, block id, action id or placeholder. Raises NoSuchField."""
    fields = [place for place in visible(blocks, viewer) if place.type not in STATELESS]
    for wanted in (lambda text: text == name, lambda text: plain(text) == plain(name)):
        for place in fields:
            if any(wanted(text) for text in (place.label, place.block_id, place.action_id) if text):
                return place
    raise NoSuchField(field=name, offered=", ".join(place.label for place in fields) or "none")


def menu(blocks: list[JSON], viewer: str, name: str) -> Place:
    """A field or an overflow menu."""
    for place in visible(blocks, viewer):
        if place.type == "overflow" and name in (place.action_id, place.block_id, "…"):
            return place
    return field(blocks, viewer, name)
