"""What is not needed any more is removed when its time is over, in small batches, on record.

How long each kind is kept is the company's to say: ``[retention]`` of ``frontdesk.toml``.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot import parcels
from bot.desk import Desk
from bot.ports import FORGOTTEN, Claimed, Ended, LibraryUnavailable, Passing, Unit
from bot.sending import NotYet
from bot.unmoved import beside
from workflows.engine import Entry
from workflows.roles import Seat

log = logging.getLogger(__name__)

SAID = frozenset(
    {
        *("mail", "stand_in", "share", "notice", "log", "remind", "escalated"),
        *("payment_nudge", "question_waits", "opinion", "opinion_thanks"),
        *("owner_brief", "delivered", "handed_out", "twin_ended", "tag_suggested"),
        *("announcement", "announcement_mail", "taker_told", "outside_offer"),
        *("misused", "misuse_alert", "misuses", "ownerless"),
        *("triage", "minutes", "quarterly"),
        *("offered", "seems_away"),
        *("nobody", "role_empty"),
    }
)
"""Kinds of parcels by which somebody was told something about a request: a part of its record, so
they are kept. So are those that are told once, though what they tell goes on being true. What only
drew a card anew, fetched something or set a time is not, and neither is a client's link that was
handed to somebody to pass on: the mail says as much without it."""

PASSED = "passed"
"""The action under which what was removed, and was about no request, enters the audit."""

_BATCH = 500
_REQUESTS = 20
"""Rows, and requests, in one transaction: nobody waits long for it."""

_GATES_KEPT = timedelta(days=30)


class NotAllGone(Exception):
    """Some of what should have been removed is still there; it is tried again the next day."""

    def __init__(self, kinds: Sequence[str]) -> None:
        """Name the ``kinds``."""
        super().__init__(f"Not everything whose time is over is gone: {', '.join(kinds)}.")


def forget(desk: Desk, now: datetime) -> int:
    """Remove whatever has been kept as long as the company wants; return how many rows.

    Requests go as a whole, with their files, and count as one. Never what an open request needs,
    nor the audit's rows. What cannot be removed now keeps nothing else from going; NotAllGone says
    afterwards what it was.
    """
    count, failed = 0, list[str]()
    for what, batches in _outdated(desk, now).items():
        try:
            count += sum(batches)
        except Exception:
            log.exception("Of %s not everything whose time is over could be removed.", what)
            failed.append(what)
    desk.post_office.tidy(now - _GATES_KEPT)
    if failed:
        raise NotAllGone(failed)
    return count


def _outdated(desk: Desk, now: datetime) -> Mapping[str, Iterable[int]]:
    """Return by its name how each kind is removed, in batches that say how many it was."""
    retention = desk.company.retention
    kinds = {
        kind.value: _in_batches(desk, kind, now - kept, now)
        for kind, kept in retention.passing.items()
    }
    records = {
        f"requests ({workflow})": _requests(desk, workflow, _years_before(now, years), now)
        for workflow, years in retention.records_years.items()
        if workflow in desk.workflows
    }
    return {**kinds, **records}


def remove_file(desk: Desk, claimed: Claimed) -> None:
    """Remove a file from the library when no request names it any more.

    Raises NotYet while the library is not available.
    """
    sha256 = str(claimed.parcel.payload["sha256"])
    with desk.store.unit() as unit:
        if unit.retention.is_named(sha256):
            return
    try:
        desk.library.remove(sha256)
    except LibraryUnavailable as trouble:
        raise NotYet(f"The library: {trouble}") from trouble


def _in_batches(desk: Desk, kind: Passing, before: datetime, now: datetime) -> Iterator[int]:
    removed = _BATCH
    while removed == _BATCH:
        with desk.store.unit() as unit:
            removed = unit.retention.pass_by(kind, before, _BATCH, SAID)
            if removed:
                detail = {"kind": kind.value, "count": str(removed), "before": before.isoformat()}
                unit.audit.append(_entry(PASSED, now, None, detail))
                unit.commit()
        yield removed


def _requests(desk: Desk, workflow: str, before: datetime, now: datetime) -> Iterator[int]:
    last: str | None = ""
    while last is not None:
        with desk.store.unit() as unit:
            page = unit.retention.ended(workflow, before, last, _REQUESTS)
            _forget(unit, page.removable, before, now)
            unit.commit()
        last = page.last
        yield len(page.removable)
    desk.wake()


def _forget(unit: Unit, ended: Sequence[Ended], before: datetime, now: datetime) -> None:
    if not ended:
        return
    for sha256 in sorted(unit.retention.forget([each.ref for each in ended])):
        occasion = f"{sha256}:{now.isoformat()}"
        unit.outbox.add(parcels.aside("remove_file", occasion, "library:", {"sha256": sha256}, now))
    for each in ended:
        unit.audit.append(_entry(FORGOTTEN, now, each, {"before": before.isoformat()}))


def _entry(action: str, now: datetime, about: Ended | None, detail: dict[str, str]) -> Entry:
    return beside(about, action, Seat.FRONTDESK.value, "retention", now, detail)


def _years_before(now: datetime, years: int) -> datetime:
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # there is no 29 February in that year
        return now.replace(year=now.year - years, day=28)
