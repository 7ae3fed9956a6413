"""Fields for members of the workspace."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from modals.fields.field import Field, Invalid, State
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


@dataclass(frozen=True, kw_only=True)
class People(Field):
    """Up to ``most`` people in the workspace, by Slack user id; whether they may is not checked."""

    most: int = 10

    missing: ClassVar[str] = "Please choose at least one person."

    @property
    def blank(self) -> object:
        """Nobody."""
        return ()

    def element(self, state: State) -> Json:
        """Return a multi-select of users."""
        chosen = _users(self.given(state))[: self.most]
        element: Json = {"type": "multi_users_select", "max_selected_items": self.most}
        return element | ({"initial_users": [*chosen]} if chosen else {})

    def check(self, state: State, _today: date) -> object:
        """Return the user ids, each once."""
        chosen = _users(self.given(state))
        if len(chosen) > self.most:
            raise Invalid(f"These are too many: {self.most} at most, please.")
        return chosen or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the people."""
        people = value if isinstance(value, list | tuple) else ()
        return {self.name: [str(each) for each in people]}


def _user(answer: Answer) -> str:
    is_user = isinstance(answer, str) and re.fullmatch(r"[UW][A-Z0-9]+", answer, re.ASCII)
    return str(answer) if is_user else ""


def _users(answer: Answer) -> tuple[str, ...]:
    given = answer if isinstance(answer, list) else []
    return tuple(dict.fromkeys(each for each in given if _user(each)))
