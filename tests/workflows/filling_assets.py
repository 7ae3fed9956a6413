"""What a form gives, filled in well, that is about an asset: a request for one, or the shelf."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from workflows.asset import asking, record_of
from workflows.asset_parts import Kept
from workflows.conflicts import answered_lanes
from workflows.request import Request
from workflows.reviewing import carried_lanes
from workflows.shelved import ShelfVersion
from workflows.shelved import record_of as shelf_record

_DAY = date(2026, 3, 20)
_NEXT = date(2027, 3, 1)
_KEPT = Kept(sha256="c" * 64, name="deck.pdf", mime="application/pdf", size=9)
_TAGS = {"title": "A deck", "whom_for": "Banks", "use_when": "Early", "asset_type": "deck"}

LANES = ("pre_sales", "marketing", "sales_manager")


def of_an_asset(name: str, request: Request, person: str) -> dict[str, Any]:
    """Return what ``name`` needs; some of it depends on who is meant by ``person``."""
    given: Mapping[str, Callable[[], dict[str, Any]]] = {
        "post_draft": lambda: _draft(person),
        "draft_kept": lambda: {"file": _newest_file(request), "kept": _KEPT},
        "draft_failed": lambda: {"file": _newest_file(request)},
        "object": lambda: {"lane": _first(carried_lanes(request)["lane"])},
        "raise_conflict": lambda: _contradiction(request),
        "shelved": lambda: {"of": _delivered(request), "asset": "SHELF-1"},
        "shelving_failed": lambda: {"of": _delivered(request)},
        "come_back": lambda: {"until": record_of(request).deferred_until},
        "at_risk": lambda: {"due_on": request.due_on},
        "missed": lambda: {"due_on": request.due_on, "today": _after(request)},
        "justify": lambda: {"until": _after(request)},
        "merge": lambda: {"twin": "AST-77"},
        "join": lambda: {"followers": [[person, "AST-78"]]},
    }
    if name in given:
        return given[name]()
    return {"asset": "SHELF-1", "until": _NEXT, "review_by": _NEXT, "people": (person,), **_TAGS}


def of_the_shelf(name: str, request: Request) -> dict[str, Any]:
    """Return what ``name`` needs on the shelf."""
    number = 1 + len(shelf_record(request).versions)
    source = "" if name == "asset_kept" else f"AST-{number}"
    version = ShelfVersion(
        number=number, at=request.since, by=request.asker, source=source, kept=_KEPT
    )
    due = request.details.review_by if name in ("expire", "review_due") else _NEXT
    return {"version": version, "review_by": due, "days": 30}


def _draft(person: str) -> dict[str, Any]:
    """Return a file or a link, and what it touches, depending on the person."""
    touches = LANES if person > "U0M" else LANES[:1]
    source = {"files": ("F01",)} if person > "U0G" else {"link": "https://decks.example/1"}
    return {"touches": touches, "note": "Look", **source}


def _newest_file(request: Request) -> str:
    draft = record_of(request).draft
    return draft.file if draft else ""


def _first(choices: object) -> str:
    return str(choices[0][0]) if isinstance(choices, list) and choices else ""


def _contradiction(request: Request) -> dict[str, Any]:
    said = list(dict.fromkeys(lane for lane, _ in answered_lanes(request)["first"]))
    wanting = {each.lane.value for each in asking(request)}
    topic = "narrative" if "sales_manager" in wanting else "content"
    return {"first": said[0], "second": said[-1], "topic": topic} if said else {}


def _delivered(request: Request) -> object:
    delivery = record_of(request).delivery
    return delivery.at if delivery else None


def _after(request: Request) -> date:
    return (request.due_on or _DAY) + timedelta(days=7)
