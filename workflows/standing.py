"""Where a request for an asset stands for triage: waiting, at risk, overdue; and until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from workflows.asset import record_of
from workflows.deadlines import UNDER_WAY
from workflows.priority import Standing
from workflows.request import Request
from workflows.triaging import UNENDED, WAITING

RANKED = (*UNENDED, *UNDER_WAY)
"""The stages in which a request has a rank."""

_LEFT = 0.25
"""At risk is what has so little of its time left, and no draft."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A standing, and the first day on which it can be another by itself; None: never."""

    standing: Standing
    again_on: date | None


def risky_from(request: Request, zone: tzinfo) -> datetime | None:
    """Return the instant from which the request is at risk without a draft, or None.

    That is when a quarter is left of the time between its acceptance, or the last justification
    that holds, and the end of its due day in ``zone``. None where it has no due date.
    """
    record = record_of(request)
    held = [each.at for each in record.justifications if not each.refused_by]
    begun = held[-1] if held else record.accepted_at
    if begun is None or request.due_on is None:
        return None
    end = due_end(request.due_on, zone)
    return end - max(timedelta(), end - begun) * _LEFT


def due_end(due_on: date, zone: tzinfo) -> datetime:
    """Return the instant at which the day ``due_on`` is over in ``zone``."""
    return datetime.combine(due_on + timedelta(days=1), datetime.min.time(), tzinfo=zone)


def standing(request: Request, today: date, zone: tzinfo) -> Stand:
    """Return how the request stands on the day ``today`` in ``zone``.

    One that waits for triage is ``waiting``; whether it is new, whoever lists it knows.
    """
    if request.stage in UNENDED:
        return _before_acceptance(request, today)
    due = request.due_on
    if due is None:
        return Stand(Standing.UNDER_WAY, None)
    if today > due:
        return Stand(Standing.OVERDUE, None)
    late = due + timedelta(days=1)
    risky = risky_from(request, zone)
    if risky is None or record_of(request).drafts:
        return Stand(Standing.UNDER_WAY, late)
    begins = risky.astimezone(zone).date()
    if today >= begins:
        return Stand(Standing.AT_RISK, late)
    return Stand(Standing.UNDER_WAY, min(begins, late))


def kept_its_date(request: Request, zone: tzinfo) -> bool:
    """Whether it was delivered by its due date, seen from ``zone``, and no date was missed."""
    record = record_of(request)
    if record.delivered_at is None or request.due_on is None or record.escalated_for:
        return False
    return record.delivered_at.astimezone(zone).date() <= request.due_on


def _before_acceptance(request: Request, today: date) -> Stand:
    deadline: date = request.details.deadline
    if today > deadline:
        return Stand(Standing.OVERDUE, None)
    resting = Standing.WAITING if request.stage in WAITING else Standing.UNDER_WAY
    return Stand(resting, deadline + timedelta(days=1))
