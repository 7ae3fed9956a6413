"""How requests went, measured from what is on record. Nothing is read or written here.

Hours are hours of the wall clock, nights and weekends too: a client and a bank keep no office
hours of ours. A visit to a stage counts in the time in which it ends; one that goes on counts
later. Time on hold belongs to no stage.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.definition import BACK, Workflow
from workflows.engine import Entry
from workflows.invoice import Invoice, Payment

BOUNCES = (
    *("request_changes", "request_document_changes", "client_request_changes"),
    *("reject", "client_decline"),
)
"""The actions by which a request comes back, or ends without what was asked for."""

_HOUR = timedelta(hours=1)
_END = re.compile(r"[.!?;](?:\s|$)")
"""Where the first sentence of a reason ends."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: from ``since`` on, and before ``until``."""

    since: datetime
    until: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay in one stage that has ended: how long it was, without pauses, and when it ended."""

    stage: str
    hours: float
    ended_at: datetime


def pauses(workflow: Workflow) -> frozenset[str]:
    """Return the stages in which a request only rests, to go back to where it was."""
    return frozenset(
        stage for each in workflow.transitions if each.target == BACK for stage in each.source
    )


def visits(history: Sequence[Entry], on_hold: Collection[str]) -> Iterator[Visit]:
    """Yield every stay in a stage that has ended, of one request's whole ``history``.

    A stay that was put on hold and went on is one stay; what was on hold in between is left out.
    """
    stage, rested = "", timedelta()
    entered: datetime | None = None
    for entry in history:
        if entry.before == entry.after:
            continue
        if entered is not None and entry.before not in on_hold:
            rested += entry.at - entered
        if entry.after not in on_hold and entry.after != stage:
            if stage:
                yield Visit(stage, rested / _HOUR, entry.at)
            stage, rested = entry.after, timedelta()
        entered = entry.at


def median(numbers: Iterable[float]) -> float:
    """Return the middle one, or of two in the middle their mean. Raises ValueError for none."""
    ordered = sorted(numbers)
    if not ordered:
        raise ValueError("There is no middle of nothing.")
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def ninetieth(numbers: Iterable[float]) -> float:
    """Return the least of the ``numbers`` that nine of ten do not exceed (the nearest rank)."""
    ordered = sorted(numbers)
    return ordered[math.ceil(len(ordered) * 0.9) - 1]


def bounces(workflow: Workflow, entries: Iterable[Entry]) -> tuple[tuple[str, int], ...]:
    """Return what came back and why, each with how often; the most frequent first.

    Reasons that differ only in case, spaces or what follows their first sentence are one, as it
    was written first.
    """
    counted: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], str] = {}
    for entry in entries:
        transition = workflow.transition(entry.action)
        if entry.action not in BOUNCES or transition is None:
            continue
        reason = _short(entry.detail.get("reason", ""))
        kind = (entry.action, reason.casefold())
        done = transition.done[:1].upper() + transition.done[1:]
        written.setdefault(kind, f"{done}: {reason}" if reason else done)
        counted[kind] += 1
    return tuple((written[kind], count) for kind, count in counted.most_common())


def settling(invoice: Invoice, until: datetime) -> Payment | None:
    """Return the payment that settled the invoice, as far as was recorded before ``until``.

    None while something is owed: one that was taken back later settled nothing.
    """
    left, found = invoice.amount.minor, None
    for payment in invoice.payments:
        if payment.at < until:
            left -= payment.amount.minor
            found = (found or payment) if left <= 0 else None
    return found


def days_late(invoices: Iterable[Invoice], stretch: Stretch) -> list[int]:
    """Return for each invoice settled in the stretch how many days after its due day; early: < 0.

    What counts is when the payment was recorded; how late it was is said by the bank's day.
    """
    found = ((invoice, settling(invoice, stretch.until)) for invoice in invoices)
    return [
        (payment.on - invoice.due).days
        for invoice, payment in found
        if payment is not None and payment.at in stretch
    ]


def _short(reason: str) -> str:
    first = _END.split(" ".join(reason.split()), maxsplit=1)[0]
    return first if len(first) <= _LONGEST else f"{first[:_LONGEST].rstrip()}..."
