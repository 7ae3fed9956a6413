"""What a text mentions that can answer a question of a form: days, sums, addresses, names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.understanding.ahead import shifted
from bot.understanding.days import Today, days_in
from bot.understanding.deals import deals_in
from bot.understanding.names import names_in
from bot.understanding.sums import sums_in
from modals.fields import Amount, Day, Email, Field, Lookup, Text
from modals.fields.choice import UNKNOWN, Choices
from modals.wire import Answer
from workflows.money import Money, NotMoney

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?<![.-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What one has to know to understand somebody.

    ``currency`` is the company's; ``names`` are those of clients that it knows; ``choices`` what
    the form offers on this occasion.
    """

    today: Today
    currency: str
    names: tuple[str, ...] = ()
    choices: Choices = field(default_factory=lambda: UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What ``text[start:end]`` says. ``values``: its readings, the likelier first.

    ``kind`` is the kind of field that it answers; ``weak``: only where the answer is expected.
    """

    kind: type[Field]
    values: tuple[Any, ...]
    guess: bool
    weak: bool
    start: int
    end: int


def mentions_in(text: str, background: Background) -> tuple[Mention, ...]:
    """Return what a text mentions, in order; where two kinds overlap the stricter one counts."""
    found: list[Mention] = []
    taken = bytearray(len(text))
    for kind in (
        _deals(text),
        _addresses(text),
        _days(text, background),
        _sums(text, background),
        _names(text, background),
    ):
        for each in kind:
            if not any(taken[each.start : each.end]):
                taken[each.start : each.end] = b"\1" * (each.end - each.start)
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def answers(asked: Field, value: object, currency: str) -> Mapping[str, Answer]:
    """Return what ``value`` of a mention puts into the state of a form for the field."""
    match value:
        case (Decimal() as amount, str(code)):
            return _money(asked, amount, code or currency)
        case _:
            return asked.fill(value)


def _money(asked: Field, amount: Decimal, currency: str) -> Mapping[str, Answer]:
    """Return the amount; one that is none of this currency as it is, for the form to refuse."""
    try:
        return asked.fill(Money.of(amount, currency))
    except NotMoney:
        return {asked.name: f"{amount:f}", asked.names[-1]: currency}


def _deals(text: str) -> Iterator[Mention]:
    for each in deals_in(text):
        yield _mention(Lookup, (each.value,), each.start, each.end, weak=True)


def _addresses(text: str) -> Iterator[Mention]:
    for found in _ADDRESS.finditer(text):
        yield _mention(Email, (found[0],), found.start(), found.end())


def _days(text: str, background: Background) -> Iterator[Mention]:
    for each in shifted(text, days_in(text, background.today), background.today):
        yield _mention(Day, (each.day, *each.others), each.start, each.end, guess=each.guess)


def _sums(text: str, background: Background) -> Iterator[Mention]:
    for each in sums_in(text, background.currency):
        values = tuple((amount, each.currency) for amount in each.amounts)
        yield _mention(Amount, values, each.start, each.end, guess=each.guess, weak=each.bare)


def _names(text: str, background: Background) -> Iterator[Mention]:
    for each in names_in(text, background.names):
        yield _mention(
            Text, (each.name,), each.start, each.end, guess=each.guess, weak=not each.known
        )


def _mention(
    kind: type[Field],
    values: tuple[Any, ...],
    start: int,
    end: int,
    *,
    guess: bool = False,
    weak: bool = False,
) -> Mention:
    return Mention(kind=kind, values=values, guess=guess, weak=weak, start=start, end=end)
