"""What the API reads: requests a page at a time, one of them, its timeline; assets likewise.

What is not its reader's to see is not found, exactly as what does not exist.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.api.showing import Reader, asset_facts, facts_of_timeline, request_facts
from bot.errors import NotFound, Problem
from bot.ports import By, Clue, Clues, Json, Spot, Wanted
from bot.request_links import number_in
from bot.shelf import naming
from workflows.request import Request

LEAST, USUAL, MOST = 1, 20, 100
"""How many on a page."""

ON_SHELF = ("current", "outdated")
CURSOR = "([0-9]{1,18}):([A-Z]{1,20}-[0-9]{1,9})"
_MOST_AT_ONCE = 200

Show = Callable[[Reader, Request], Json]


class WrongQuery(Problem):
    """What is asked for cannot be looked for; ``fields`` says why, by parameter."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Remember a sentence for each parameter."""
        super().__init__("Some of what was asked for cannot be understood.")
        self.fields = fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; what is empty is not asked."""

    workflow: str = ""
    stages: tuple[str, ...] = ()
    is_open: bool | None = None
    asked_by: str = ""
    client: str = ""
    words: str = ""
    after: Spot | None = None
    limit: int = USUAL


def requests(reader: Reader, asked: Asked) -> Json:
    """Return a page of requests, newest first."""
    return _page(reader, asked, request_facts)


def assets(reader: Reader, asked: Asked) -> Json:
    """Return a page of what stands on the shelf, newest first."""
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


def cursor_of(spot: Spot) -> str:
    """Return where the next page begins, as text."""
    return f"{spot.at}:{spot.ref}"


def spot_of(cursor: str) -> Spot | None:
    """Return what :func:`cursor_of` said, or None where it is none of ours."""
    found = re.fullmatch(CURSOR, cursor)
    return Spot(at=int(found[1]), ref=found[2]) if found else None


def _shelved(reader: Reader, ref: str) -> Request:
    """Return what stands, or stood, on the shelf. Raises NotFound."""
    found = _seen(reader, naming.by_ref(reader.unit, number_in(ref)))
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


def _find(reader: Reader, asked: Asked) -> tuple[Sequence[tuple[Spot, Request]], bool]:
    """Return a full page of what may be seen, and whether there is more."""
    wanted = list(_wanted(reader, asked))
    found: list[tuple[Spot, Request]] = []
    after, size = asked.after, asked.limit + 1
    while wanted:
        page = reader.unit.lookups.find(wanted, after, size)
        found += [each for each in page if reader.may_see(each[1])]
        if len(page) < size or len(found) > asked.limit:
            break
        after, size = page[-1][0], min(2 * size, _MOST_AT_ONCE)
    return found[: asked.limit], len(found) > asked.limit


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
        yield Wanted(workflow=workflow.key, is_open=asked.is_open, clues=(*clues, *places))
