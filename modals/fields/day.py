"""A field for a date."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from modals.fields.field import Field, Invalid, State
from modals.wire import Answer, Json

LATEST = date(2199, 12, 31)
"""No date of the business lies farther away, and calendars end somewhere."""


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A date: ``not_past``, or ``not_future``, both in the person's own time zone.

    And not before the date in the field called ``not_before``.
    """

    not_past: bool = False
    not_future: bool = False
    not_before: str = ""

    missing: ClassVar[str] = "Please choose a date."

    @property
    def blank(self) -> object:
        """No date."""
        return None

    def element(self, state: State) -> Json:
        """Return a date picker."""
        chosen = _day(self.given(state))
        element: Json = {"type": "datepicker"}
        return element | ({"initial_date": chosen.isoformat()} if chosen else {})

    def check(self, state: State, today: date) -> object:
        """Return the date; ``today`` is the person's own."""
        chosen = _day(self.given(state))
        if chosen is None:
            return self.nothing()
        if self.not_past and chosen < today:
            raise Invalid("This date is in the past. Please choose today or a later one.")
        if self.not_future and chosen > today:
            raise Invalid("This date is in the future. Please choose today or an earlier one.")
        if chosen > LATEST:
            raise Invalid("This date is too far away to be meant.")
        earliest = _day(state.get(self.not_before))
        if earliest is not None and chosen < earliest:
            other = self.not_before.replace("_", " ")
            raise Invalid(f"This is before the {other}. Please choose a later date.")
        return chosen

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the date."""
        return {self.name: value.isoformat() if isinstance(value, date) else None}


def _day(answer: Answer) -> date | None:
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        return None
