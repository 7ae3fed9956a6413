"""Harborlight's requests, parcels and drafts, as small as a test needs them."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from bot.ports import Draft, Parcel, Store
from workflows.deal import SowDetails
from workflows.engine import Entry
from workflows.money import Money
from workflows.request import Request

T = TypeVar("T")

KEY = b"a visibly fake audit key of the tests"
NOW = datetime(2026, 11, 20, 9, 30, 0, 123456, tzinfo=UTC)
DETAILS = SowDetails(
    client="Lighthouse Logistics",
    client_type="enterprise",
    need="A rollout plan",
    amount=Money(800000, "USD"),
    contact_name="Kai Example",
    contact_email="kai@example.com",
    needed_by=date(2026, 12, 1),
    deliverables=("plan", "training"),
)


def sow(ref: str = "SOW-1", **changes: object) -> Request:
    """A request of Ana's that waits for the sales assistant."""
    request = Request(
        workflow="sow",
        ref=ref,
        stage="acceptance",
        asker="U_ANA",
        details=DETAILS,
        created_at=NOW,
        since=NOW,
    )
    return replace(request, **changes)  # type: ignore[arg-type] # any field


def entry(ref: str = "SOW-1", **changes: object) -> Entry:
    """What the audit keeps of Dian accepting ``ref``."""
    kept = Entry(
        at=NOW,
        actor="U_DIAN",
        action="accept",
        ref=ref,
        before="acceptance",
        after="drafting",
        version=2,
        surface="button",
        detail={"path": "acceptance > drafting"},
    )
    return replace(kept, **changes)  # type: ignore[arg-type] # any field


def parcel(key: str, address: str = "user:U_ANA", due: datetime = NOW) -> Parcel:
    """A notice for ``address``."""
    return Parcel(key=key, kind="notice", address=address, payload={"ref": "SOW-1"}, due=due)


def draft(draft_id: str = "D1", at: datetime = NOW, **changes: object) -> Draft:
    """What Ana has typed so far."""
    typed = Draft(id=draft_id, user="U_ANA", form="sow", workflow="sow", transition="submit", at=at)
    return replace(typed, **changes)  # type: ignore[arg-type] # any field


def add(store: Store, *requests: Request) -> None:
    """Store new requests."""
    with store.unit() as unit:
        for request in requests:
            unit.requests.add(request, f"V-{request.ref}")
        unit.commit()


def promise(store: Store, *parcels: Parcel) -> None:
    """Store parcels."""
    with store.unit() as unit:
        for each in parcels:
            unit.outbox.add(each)
        unit.commit()


def record(store: Store, *entries: Entry) -> None:
    """Append to the audit, one transaction an entry."""
    for each in entries:
        with store.unit() as unit:
            unit.audit.append(each)
            unit.commit()


def later(**passed: float) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(**passed)


def at_once(count: int, action: Callable[[int], T]) -> list[T]:
    """Run ``action`` in ``count`` threads that start in the same instant."""
    start = threading.Barrier(count)

    def run(number: int) -> T:
        start.wait(10)
        return action(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def eventually(found: Callable[[], Iterable[T]], within: float = 5.0) -> list[T]:
    """Return what ``found`` returns as soon as it is something."""
    pause, end = threading.Event(), time.monotonic() + within
    while time.monotonic() < end:
        if result := list(found()):
            return result
        pause.wait(0.01)
    raise AssertionError(f"nothing within {within} s")
