"""A field for a member of the workspace."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from modals.fields.field import Field, State
from modals.wire import Answer, Json


@dataclass(frozen=True, kw_only=True)
class Person(Field):
    """Somebody in the workspace, by Slack user id. Whether they may is not checked here."""

    missing: ClassVar[str] = "Please choose a person."

    @property
    def blank(self) -> object:
        """Nobody."""
        return ""

    def element(self, state: State) -> Json:
        """Return a users select."""
        chosen = _user(self.given(state))
        element: Json = {"type": "users_select"}
        return element | ({"initial_user": chosen} if chosen else {})

    def check(self, state: State, _today: date) -> object:
        """Return the user id."""
        return _user(self.given(state)) or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the person."""
        return {self.name: str(value) if value else None}


def _user(answer: Answer) -> str:
    is_user = isinstance(answer, str) and re.fullmatch(r"[UW][A-Z0-9]+", answer, re.ASCII)
    return str(answer) if is_user else ""
