"""How the company writes dates and counts its years."""

from enum import StrEnum

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months by the names that settings have for them."""


class DateOrder(StrEnum):
    """Which number of a date stands first: what 3/4 means."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"
    YEAR_FIRST = "year_first"
    """2027/3/4: without a year the month stands first, as in MONTH_FIRST."""

    @property
    def is_day_before_month(self) -> bool:
        """Whether 3/4 is the third of April."""
        return self is DateOrder.DAY_FIRST
