"""Fields in which people pick more than one of what is offered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from modals.fields.choice import Offering, drawn_option
from modals.fields.field import Invalid, State
from modals.wire import Answer, Json

MOST_BOXES = 10
"""docs.slack.dev/reference/block-kit/block-elements/checkboxes-element"""


@dataclass(frozen=True, kw_only=True)
class Several(Offering):
    """Up to ``most`` of ``options``, as a tuple of their values."""

    most: int = 10

    missing: ClassVar[str] = "Please choose at least one."
    gone: ClassVar[str] = "Some of this is not offered any more. Please choose again."

    @property
    def blank(self) -> object:
        """Nothing chosen."""
        return ()

    def element(self, state: State) -> Json:
        """Return a multi-select; what is not offered any more is not shown."""
        options = [drawn_option(each) for each in self.offered(state)]
        element: Json = {
            "type": "multi_static_select",
            "options": options,
            "max_selected_items": self.most,
        }
        chosen = self.chosen(state)
        shown = [each for each in options if each["value"] in chosen][: self.most]
        return element | ({"initial_options": shown} if shown else {})

    def check(self, state: State, _today: date) -> object:
        """Return the values of the chosen options."""
        chosen = self.take(state)
        if len(chosen) > self.most:
            raise Invalid(f"These are too many: {self.most} at most, please.")
        return chosen or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Choose the options."""
        return {self.name: _values(value)}


@dataclass(frozen=True, kw_only=True)
class Checks(Offering):
    """Boxes to tick, as a tuple of the ticked values; of more than ten the first are offered.

    ``all_needed``: what a person reads who has not ticked every box. It needs the options to be
    known: while they are not, it refuses whatever is ticked.
    """

    all_needed: str = ""

    room: ClassVar[int] = MOST_BOXES
    missing: ClassVar[str] = "Please tick at least one."
    gone: ClassVar[str] = "Some of this is not offered any more. Please tick again."

    @property
    def blank(self) -> object:
        """Nothing ticked."""
        return ()

    def element(self, state: State) -> Json:
        """Return the boxes."""
        options = [drawn_option(each) for each in self.offered(state)]
        chosen = self.chosen(state)
        ticked = [each for each in options if each["value"] in chosen]
        element: Json = {"type": "checkboxes", "options": options}
        return element | ({"initial_options": ticked} if ticked else {})

    def check(self, state: State, _today: date) -> object:
        """Return the values of the ticked boxes."""
        ticked = self.take(state)
        needed = {each.value for each in self.options[: self.room]}
        if self.all_needed and (not needed or needed - {*ticked}):
            raise Invalid(self.all_needed)
        return ticked or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Tick the boxes."""
        return {self.name: _values(value)}


def _values(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
