"""What the API reads: requests a page at a time, one of them, its timeline; assets likewise.

What is not its reader's to see is not found, exactly as what does not exist.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.api.showing import Reader, asset_facts, facts_of_timeline, request_facts
from bot.errors import NotFound, Problem
from bot.ports import By, Clue, Clues, Json, Spot, Wanted
from bot.request_links import number_in
from bot.shelf import naming
from workflows.request import Request

LEAST, USUAL, MOST = 1, 20, 100
"""How many on a page."""

ON_SHELF = ("current", "outdated")
CURSOR = "(open|ended):([0-9]{1,18}):([A-Z]{1,20}-[0-9]{1,9})"
_MOST_AT_ONCE = 200

Show = Callable[[Reader, Request], Json]


class WrongQuery(Problem):
    """What is asked for cannot be looked for; ``fields`` says why, by parameter."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Remember a sentence for each parameter."""
        super().__init__("Some of what was asked for cannot be understood.")
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a page ends: among open ones or ended ones, and where among them.

    It is a place in the list of all requests, whatever is looked for: open ones stand before ended
    ones in it, so that of the open ones nothing comes after a place among the ended.
    """

    is_open: bool
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; what is empty is not asked."""

    workflow: str = ""
    stages: tuple[str, ...] = ()
    is_open: bool | None = None
    asked_by: str = ""
    client: str = ""
    words: str = ""
    after: Bookmark | None = None
    limit: int = USUAL


def requests(reader: Reader, asked: Asked) -> Json:
    """Return a page of requests: open ones, those asked last first; then ended ones likewise.

    Of the ended ones the last that ended is first. Neither place ever changes, and who goes
    through all pages misses none: what ends meanwhile has been on a page, or comes among the ended.
    """
    return _page(reader, asked, request_facts)


def assets(reader: Reader, asked: Asked) -> Json:
    """Return a page of what stands on the shelf, what was put there last first."""
    return _page(reader, asked, asset_facts)


def request(reader: Reader, ref: str) -> Json:
    """Return one request. Raises NotFound."""
    return request_facts(reader, _seen(reader, reader.unit.requests.get(number_in(ref))))


def timeline(reader: Reader, ref: str) -> Json:
    """Return what happened to a request, oldest first. Raises NotFound."""
    found = _seen(reader, reader.unit.requests.get(number_in(ref)))
    entries = reader.unit.requests.timeline(found.ref)
    return {"ref": found.ref, "facts": list(facts_of_timeline(reader, found, entries))}


def asset(reader: Reader, ref: str) -> Json:
    """Return one asset, by its own reference or that of the request it came of. Raises NotFound."""
    return asset_facts(reader, _shelved(reader, ref))


def asset_timeline(reader: Reader, ref: str) -> Json:
    """Return what happened to an asset since it stands on the shelf. Raises NotFound."""
    found = _shelved(reader, ref)
    return timeline(reader, found.ref)


def cursor_of(mark: Bookmark) -> str:
    """Return where the next page begins, as text."""
    return f"{'open' if mark.is_open else 'ended'}:{mark.spot.at}:{mark.spot.ref}"


def bookmark_of(cursor: str) -> Bookmark | None:
    """Return what :func:`cursor_of` said, or None where it is none of ours."""
    found = re.fullmatch(CURSOR, cursor)
    if found is None:
        return None
    return Bookmark(found[1] == "open", Spot(at=int(found[2]), ref=found[3]))


def _shelved(reader: Reader, ref: str) -> Request:
    """Return what stands, or stood, on the shelf. Raises NotFound.

    By the number of a request that is not the reader's to see it is not found either.
    """
    number = number_in(ref)
    found = _seen(reader, naming.by_ref(reader.unit, number))
    if found.ref != number:
        _seen(reader, reader.unit.requests.get(number))
    if found.stage not in (*ON_SHELF, "withdrawn"):
        raise NotFound
    return found


def _seen(reader: Reader, found: Request | None) -> Request:
    if found is None or not reader.may_see(found):
        raise NotFound
    return found


def _page(reader: Reader, asked: Asked, show: Show) -> Json:
    found, more = _find(reader, asked)
    return {
        "items": [show(reader, each) for _, each in found],
        "next": cursor_of(found[-1][0]) if more else None,
    }


def _find(reader: Reader, asked: Asked) -> tuple[Sequence[tuple[Bookmark, Request]], bool]:
    """Return a full page of what may be seen, and whether there is more."""
    found: list[tuple[Bookmark, Request]] = []
    for is_open in _halves(asked):
        after = asked.after.spot if asked.after and asked.after.is_open == is_open else None
        wanted = list(_wanted(reader, replace(asked, is_open=is_open)))
        each = _through(reader, wanted, after, asked.limit + 1)
        left = islice(each, asked.limit + 1 - len(found))
        found += [(Bookmark(is_open, spot), request) for spot, request in left]
    return found[: asked.limit], len(found) > asked.limit


def _through(
    reader: Reader, wanted: Sequence[Wanted], after: Spot | None, size: int
) -> Iterator[tuple[Spot, Request]]:
    """Yield what may be seen after ``after``, to the end; ``size`` are read at first.

    What is private and not granted is not even looked at, as soon as it is filed apart: what an
    earlier release has filed is come by, and left out.
    """
    while wanted:
        page = reader.unit.lookups.find(wanted, after, size)
        yield from (each for each in page if reader.may_see(each[1]))
        if len(page) < size:
            return
        after, size = page[-1][0], min(2 * size, _MOST_AT_ONCE)


def _halves(asked: Asked) -> Iterator[bool]:
    """Yield True for open requests and False for ended ones, as far as they are still to come."""
    if asked.is_open is not False and (asked.after is None or asked.after.is_open):
        yield True
    if asked.is_open is not True:
        yield False


def _wanted(reader: Reader, asked: Asked) -> Iterator[Wanted]:
    """Yield what to look for in each workflow; nothing where words were given that say nothing."""
    unit = reader.unit
    clues: list[Clues] = []
    for by, text in ((By.CLIENT, asked.client), (By.WORD, asked.words)):
        folded = unit.lookups.fold(text)
        if text and not folded:
            return
        clues += [(Clue(by=by, value=word, begins=True),) for word in folded]
    if asked.asked_by:
        clues.append((Clue(by=By.ASKER, value=asked.asked_by),))
    for workflow in reader.desk.workflows.values():
        stages = [each.name for each in workflow.stages if each.name in asked.stages]
        if asked.workflow not in ("", workflow.key) or (asked.stages and not stages):
            continue
        places = [tuple(Clue(by=By.STAGE, value=name) for name in stages)] if stages else []
        yield Wanted(
            workflow=workflow.key,
            is_open=asked.is_open,
            clues=(*clues, *places),
            private=reader.grants.private,
        )
