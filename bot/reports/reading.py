"""What is on record, read in pages: a month of entries at a time, some hundred requests at a time.

No transaction is open while a page is used, so that nobody waits for a long report.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from bot.history import entries_in
from bot.measures import Stretch
from bot.reports.scope import Scope
from workflows.definition import Workflow
from workflows.engine import Entry
from workflows.request import Request

_PAGE = 100
_DECEMBER = 12

T = TypeVar("T")


def happenings(scope: Scope) -> Iterator[tuple[Workflow, Entry, Request | None]]:
    """Yield what happened to requests of the scope, by workflow and oldest first."""
    for workflow in scope.workflows:
        for month in months(scope.stretch):
            for page in _pages(entries_in(scope.desk, workflow, month)):
                with scope.desk.store.unit() as unit:
                    found = unit.requests.several({each.ref for each in page})
                for entry in page:
                    request = found.get(entry.ref)
                    if scope.takes(workflow, request):
                        yield workflow, entry, request


def moved(scope: Scope) -> Iterator[tuple[Workflow, Request | None, Sequence[Entry]]]:
    """Yield all that happened, to the end of the days, to each request that moved in them."""
    until = scope.stretch.until
    for workflow in scope.workflows:
        refs: set[str] = set()
        for month in months(scope.stretch):
            entries = entries_in(scope.desk, workflow, month)
            refs |= {each.ref for each in entries if each.before != each.after}
        for page in _pages(sorted(refs)):
            with scope.desk.store.unit() as unit:
                found = unit.requests.several(set(page))
                timelines = [(ref, unit.requests.timeline(ref)) for ref in page]
            for ref, timeline in timelines:
                if scope.takes(workflow, request := found.get(ref)):
                    yield workflow, request, [each for each in timeline if each.at < until]


def open_requests(scope: Scope) -> Iterator[tuple[Workflow, Request]]:
    """Yield the requests that are open now."""
    chosen, after = {each.key: each for each in scope.workflows}, ""
    while True:
        with scope.desk.store.unit() as unit:
            page = unit.requests.open(after)
        if not page:
            return
        after = page[-1].ref
        for request in page:
            workflow = chosen.get(request.workflow)
            if workflow is not None and scope.takes(workflow, request):
                yield workflow, request


def months(stretch: Stretch) -> Iterator[Stretch]:
    """Yield the stretch cut where a month begins, in the zone in which its days are."""
    since = stretch.since
    while since < stretch.until:
        until = min(_next_month(since), stretch.until)
        yield Stretch(since, until)
        since = until


def _next_month(at: datetime) -> datetime:
    begun = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if at.month == _DECEMBER:
        return begun.replace(year=at.year + 1, month=1)
    return begun.replace(month=at.month + 1)


def _pages(found: Iterable[T]) -> Iterator[list[T]]:
    ordered = list(found)
    return (ordered[start : start + _PAGE] for start in range(0, len(ordered), _PAGE))
