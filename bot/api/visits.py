"""Who comes by a token is let in, counted, and held when they come too often."""

from collections.abc import Callable
from typing import TypeVar

from bot.api import forms, tokens
from bot.api.forms import Asked
from bot.api.showing import Reader
from bot.desk import Desk
from bot.errors import Problem
from bot.limits import Limit
from bot.ports import Token, Unit

T = TypeVar("T")


class Closed(Problem):
    """There is nothing under this address."""


class NotKnown(Problem):
    """Send a token as "Authorization: Bearer fdk_...". Whoever runs Frontdesk makes one."""


class NotGranted(Problem):
    """This token may read, and not hand in tickets."""


class TooOften(Problem):
    """That was more often than we can answer. Please wait, then try again."""

    def __init__(self, seconds: int) -> None:
        """Remember how long to wait."""
        super().__init__()
        self.seconds = seconds


def is_open(desk: Desk) -> bool:
    """Whether anybody has a token: while nobody has, there is no API."""
    with desk.store.unit() as unit:
        return bool(unit.tokens.all())


def asked(desk: Desk, text: str, limit: Limit) -> list[Asked]:
    """Return what can be asked for, with the company's lists for whoever has the token ``text``.

    "" is nobody's. Raises Closed, and NotKnown and TooOften for a token.
    """
    if text:
        return read(desk, text, limit, lambda to: list(forms.asked(desk, to.unit, with_lists=True)))
    with desk.store.unit() as unit:
        if not unit.tokens.all():
            raise Closed
        return list(forms.asked(desk, unit, with_lists=False))


def read(desk: Desk, text: str, limit: Limit, work: Callable[[Reader], T]) -> T:
    """Return what ``work`` reads for whoever has the token ``text``, in one transaction.

    Raises Closed, NotKnown, TooOften, and what ``work`` raises; the use is counted all the same.
    """
    with desk.store.unit() as unit:
        token = admitted(desk, unit, text, limit)
        unit.commit()
    with desk.store.unit() as unit:
        return work(Reader.of(desk, unit, tokens.grants_of(token)))


def known(desk: Desk, unit: Unit, text: str) -> Token:
    """Return the token. Raises Closed and NotKnown."""
    token = tokens.known(unit, tokens.key_of(desk.link_key), text, desk.clock.now())
    if token is None:
        raise NotKnown if unit.tokens.all() else Closed
    return token


def admitted(desk: Desk, unit: Unit, text: str, limit: Limit) -> Token:
    """Return the token, its use counted in ``unit``. Raises Closed, NotKnown and TooOften."""
    token = known(desk, unit, text)
    if seconds := limit.wait(token.name):
        raise TooOften(seconds)
    return token
