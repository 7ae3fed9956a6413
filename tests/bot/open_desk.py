"""A desk over a real database, and what happened there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.company import SALES_CHANNEL
from bot.desk import Desk
from bot.rulebook import Rulebook
from frontdesk import Frontdesk
from settings import load
from tests.migrated import have_migrated
from workflows.deal import Record, SowDetails
from workflows.engine import Entry
from workflows.money import Money
from workflows.request import Request

EXAMPLE = Path(__file__).parents[2] / "frontdesk.example.toml"
OCTOBER, NOVEMBER = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)


class Noon:
    """The time of the business, at one instant."""

    def now(self) -> datetime:
        return NOW


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """A desk over a real database; the workspace is not asked for anything."""
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
        "SLACK_SIGNING_SECRET": "visibly-fake-secret",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "FRONTDESK_AUDIT_KEY": "5a" * 32,
        "FRONTDESK_CONFIG": str(EXAMPLE),
        "FRONTDESK_DATA": str(folder),
    }
    settings = load(environ, folder)
    have_migrated(settings.database_url)
    frontdesk = Frontdesk(settings)
    channels = {**frontdesk.desk.company.channels, SALES_CHANNEL: "sales"}
    company = replace(frontdesk.desk.company, channels=channels)
    try:
        yield replace(frontdesk.desk, clock=Noon(), rulebook=Rulebook(company))
    finally:
        frontdesk.stop()


def moved(ref: str, at: datetime, before: str, to: str, action: str, reason: str = "") -> Entry:
    """What the audit keeps of a move."""
    return Entry(
        at=at,
        actor="U_DIAN",
        action=action,
        ref=ref,
        before=before,
        after=to,
        version=1,
        surface="button",
        detail={"reason": reason} if reason else {},
    )


def happened(desk: Desk, *entries: Entry) -> None:
    """Put something on record."""
    with desk.store.unit() as unit:
        for entry in entries:
            unit.audit.append(entry)
        unit.commit()


def asked(desk: Desk, ref: str, at: datetime, stage: str, record: Record | None = None) -> None:
    """Store a request as it stands now."""
    details = SowDetails(
        client="Globex",
        client_type="10x",
        need="A pilot",
        amount=Money(800_000, "USD"),
        contact_name="Hank Scorpio",
        contact_email="hank@globex.example",
        needed_by=date(2026, 12, 1),
        record=record or Record(),
    )
    request = Request(
        workflow="sow",
        ref=ref,
        stage=stage,
        asker="U_ANA",
        details=details,
        created_at=at,
        since=at,
    )
    with desk.store.unit() as unit:
        unit.requests.add(request, "")
        unit.commit()


def day(number: int, hour: int = 12, month: int = 10) -> datetime:
    """An instant of a day in October 2026."""
    return datetime(2026, month, number, hour, tzinfo=UTC)
