"""What is on record of a workflow in a stretch of time, read in pages so that nobody waits long."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.desk import Desk
from bot.measures import Stretch
from bot.ports import Opinion
from bot.recorded import REFUSED, recorded
from workflows.deal import SowDetails
from workflows.definition import Workflow
from workflows.engine import Entry
from workflows.invoice import Invoice
from workflows.privacy import is_private

_PAGE = 100
"""Requests a transaction: on SQLite nobody else writes meanwhile."""


def entries_in(desk: Desk, workflow: Workflow, stretch: Stretch) -> tuple[Entry, ...]:
    """Return what happened in the stretch, oldest first, without refused attempts."""
    with desk.store.unit() as unit:
        found = recorded(unit, workflow, stretch.since, stretch.until)
    return tuple(entry for entry in found if entry.action != REFUSED)


def histories(desk: Desk, refs: Iterable[str], until: datetime) -> Iterator[Sequence[Entry]]:
    """Yield all that happened to each of the requests before ``until``, oldest first."""
    for page in _pages(refs):
        with desk.store.unit() as unit:
            found = [unit.requests.timeline(ref) for ref in page]
        for timeline in found:
            yield tuple(entry for entry in timeline if entry.at < until)


def invoices(desk: Desk, refs: Iterable[str]) -> Iterator[Invoice]:
    """Yield the invoices of the requests, as they are now."""
    for page in _pages(refs):
        with desk.store.unit() as unit:
            found = [unit.requests.get(ref) for ref in page]
        for request in found:
            if request is not None and isinstance(request.details, SowDetails):
                yield from request.details.record.invoices


def count_open(desk: Desk, workflow: Workflow, until: datetime, now: datetime) -> int:
    """Return how many requests were asked for before ``until`` and not ended then."""
    since_ended = entries_in(desk, workflow, Stretch(until, now))
    count, after = 0, ""
    while True:
        with desk.store.unit() as unit:
            page = unit.requests.open(after)
        if not page:
            return count + _ended_since(desk, workflow, since_ended, until)
        after = page[-1].ref
        count += sum(r.workflow == workflow.key and r.created_at < until for r in page)


def opinions_in(desk: Desk, workflow: Workflow, stretch: Stretch) -> list[Opinion]:
    """Return what people said in the stretch about requests of the workflow, oldest first."""
    with desk.store.unit() as unit:
        found = unit.opinions.since(stretch.since)
    return [each for each in found if each.at in stretch and workflow.names(each.ref)]


def quotable(desk: Desk, opinions: Iterable[Opinion]) -> list[Opinion]:
    """Return those of the opinions that are about no private request."""
    found = list(opinions)
    with desk.store.unit() as unit:
        about = unit.requests.several({each.ref for each in found})
    return [each for each in found if each.ref not in about or not is_private(about[each.ref])]


def is_end(workflow: Workflow, entry: Entry) -> bool:
    """Whether the request was ended by what ``entry`` records."""
    return entry.before != entry.after and workflow.stage(entry.after).final


def _ended_since(desk: Desk, workflow: Workflow, entries: Iterable[Entry], until: datetime) -> int:
    refs = {entry.ref for entry in entries if is_end(workflow, entry)}
    return sum(bool(history) for history in histories(desk, refs, until))


def _pages(refs: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(set(refs))
    return (ordered[start : start + _PAGE] for start in range(0, len(ordered), _PAGE))
