"""Finding assets: full-text search with filters, pages, and "did you mean"."""

import re
from collections.abc import Mapping, Sequence

from bot import windows
from bot.desk import Desk, Gesture
from bot.keeping import TAGGED, lines
from bot.members import member
from bot.ports import Indexed, Kind, Sought, Unit
from bot.shelf.facts import asset_facts
from bot.shelf.likeness import meant
from messages.asset_facts import AssetFacts
from messages.message import Message
from messages.search import results
from messages.window import window

PAGE = 5
TITLE = "On the shelf"
_LONGEST = 200
_DEEPEST = 10_000
_FILTER = re.compile(r"\b(type|industry|audience|language|product):(?:\"([^\"]*)\"|(\S+))")


def find(desk: Desk, gesture: Gesture, text: str, skip: int = 0) -> Message:
    """Return what is on the shelf for ``text``: current assets first, outdated ones marked.

    Words such as ``industry:fintech`` are filters. When nothing is found, the words nearest to
    those that were typed are tried.
    """
    wanted, filters = _read(text[:_LONGEST])
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        found, guess = _search(unit, wanted, filters, skip)
        shown = [_facts(unit, each) for each in found[:PAGE]]
    return results(
        text[:_LONGEST],
        [each for each in shown if each is not None],
        skip=skip,
        more=len(found) > PAGE,
        meant=guess,
        filters=filters,
    )


def show_more(desk: Desk, gesture: Gesture, text: str, skip: int) -> None:
    """Show the next page of :func:`find` in a window."""
    view = window(TITLE, find(desk, gesture, text, min(skip, _DEEPEST)))
    windows.show(desk, gesture, view)


def _read(text: str) -> tuple[str, dict[str, str]]:
    filters = {name: quoted or plain for name, quoted, plain in _FILTER.findall(text)}
    return _FILTER.sub(" ", text).strip(), {k: v.replace("_", " ") for k, v in filters.items()}


def _search(
    unit: Unit, text: str, filters: Mapping[str, str], skip: int
) -> tuple[Sequence[Indexed], str | None]:
    """Return a page and one more, and the words that were meant, if others were searched."""
    sought = Sought(text=text, tags=filters)
    found = unit.index.find(sought, PAGE + 1, skip)
    if found or skip or not text:
        return found, None
    guess = meant(text, _vocabulary(unit))
    if guess is None:
        return found, None
    return unit.index.find(Sought(text=guess, tags=filters), PAGE + 1), guess


def _vocabulary(unit: Unit) -> Sequence[str]:
    listed = [
        word for name in TAGGED.values() for line in lines(unit, name) for word in line.split()
    ]
    return [*unit.index.vocabulary(Kind.ASSET), *(each.casefold() for each in listed)]


def _facts(unit: Unit, found: Indexed) -> AssetFacts | None:
    asset = unit.requests.get(found.ref)
    return asset_facts(unit, asset) if asset is not None else None
