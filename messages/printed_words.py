"""How letters and printed pages spell what is in them: texts, days, instants, quantities, fees."""

from datetime import UTC, date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime

from messages import cleaning
from workflows.document import Document

_LOCALE = "en"
_TIMES = {"monthly": "every month", "quarterly": "every quarter", "yearly": "every year"}


def line(said: str) -> str:
    """A person's text on one line, without control characters."""
    return cleaning.one_line(said)


def text(said: str) -> str:
    """A person's text with its line breaks, without control characters."""
    return cleaning.paragraphs(said)


def day(on: date | None) -> str:
    """A calendar day: "21 November 2026"; "" for none."""
    return format_date(on, "d MMMM y", locale=_LOCALE) if on else ""


def instant(at: datetime | None) -> str:
    """An instant in UTC, and that it is: "21 November 2026, 10:00 UTC"; "" for none."""
    if at is None:
        return ""
    return f"{format_datetime(at.astimezone(UTC), 'd MMMM y, HH:mm', locale=_LOCALE)} UTC"


def stamp(at: datetime) -> str:
    """An instant as documents carry it: ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def quantity(number: Decimal) -> str:
    """A quantity with the decimals that it was given: "1,250" or "2.50"."""
    return f"{number:,f}"


def fee(document: Document) -> str:
    """How the fee is charged: "one-off", "billed every month", or "recurring" where that is all."""
    if document.fee != "recurring":
        return line(document.fee.replace("_", "-"))
    period = line(document.billing_period)
    return f"billed {_TIMES.get(period, period)}" if period else "recurring"
