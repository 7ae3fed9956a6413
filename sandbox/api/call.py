"""One call of a Web API method, and the register of methods."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.codes import SlackError, messages
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Channel, Person


@dataclass
class Call:
    """The method's arguments with the app that calls it."""

    slack: Slack
    method: str
    arguments: JSON
    caller: App | None

    @property
    def app(self) -> App:
        """The calling app; methods that need a token always have one."""
        if self.caller is None:
            raise SlackError("not_authed")
        return self.caller

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """An argument as a truth value, however it was spelled."""
        return str(self.arguments.get(name, "")).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """An argument as a whole number."""
        try:
            return int(self.arguments.get(name) or default)
        except ValueError:
            raise SlackError(
                "invalid_arguments", **messages(f"[ERROR] {name} must be an integer")
            ) from None

    def names(self, name: str) -> list[str]:
        """A comma-separated argument, or a list."""
        value = self.arguments.get(name) or []
        items = value.split(",") if isinstance(value, str) else value
        return [str(item).strip() for item in items if str(item).strip()]

    def need_scope(self, scope: str) -> None:
        """Answer missing_scope unless the app holds this one."""
        if scope not in self.app.scopes:
            raise missing_scope([scope], self.app)

    def channel(self, name: str = "channel", *, code: str = "channel_not_found") -> Channel:
        """The conversation an argument names, as far as the bot may know of it."""
        channel = self.slack.store.channels.get(self.text(name))
        visible = channel is not None and (
            channel.form == "public" or self.app.bot_user in channel.members
        )
        if channel is None or not visible:
            raise SlackError(code)
        return channel

    def person(self, name: str = "user", *, code: str = "user_not_found") -> Person:
        """The user an argument names, by id."""
        person = self.slack.store.people.get(self.text(name))
        if person is None:
            raise SlackError(code)
        return person


Method = Callable[[Call], JSON]
METHODS: dict[str, Method] = {}
M = TypeVar("M", bound=Method)


def method(name: str) -> Callable[[M], M]:
    """Register a function as a Web API method; it gives the answer without `ok`."""

    def register(function: M) -> M:
        METHODS[name] = function
        return function

    return register


def missing_scope(needed: list[str], app: App) -> SlackError:
    """missing_scope with what is needed and what is there."""
    return SlackError("missing_scope", needed=",".join(needed), provided=",".join(app.scopes))


def page(items: list[Any], call: Call, default: int, most: int = 1000) -> tuple[list[Any], JSON]:
    """One page of a list and the response_metadata that leads to the next."""
    limit = max(1, min(call.number("limit", default), most))
    cursor = call.text("cursor")
    try:
        begin = int(cursor.removeprefix("next:")) if cursor else 0
    except ValueError:
        raise SlackError("invalid_cursor") from None
    end = begin + limit
    next_cursor = f"next:{end}" if end < len(items) else ""
    return items[begin:end], {"response_metadata": {"next_cursor": next_cursor}}
