"""The clock's look at an invoice whose money is awaited."""

from datetime import UTC, date, datetime

TODAY = date(2026, 4, 20)
LATER = datetime(2026, 4, 20, tzinfo=UTC)


def due(
    today: date = TODAY, most: int = 8, number: str = "INV-1", since: datetime = LATER
) -> dict[str, object]:
    """Return what the clock says when it looks at an invoice; nobody was nudged ``since``."""
    return {"invoice": number, "today": today, "most": most, "since": since}
