"""A request as it is told to somebody who may not see its amounts: without a single one.

Amounts are taken out of the request before any template sees it, so no template can say them. What
people wrote in their own words is told without the sums in it, as far as they can be recognised.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from babel.numbers import is_currency

from workflows.document import Document
from workflows.engine import Entry
from workflows.invoice import Invoice, Payment
from workflows.money import Money, Withheld
from workflows.money_words import (
    CALLED,
    CURRENCY,
    LINKS,
    MULTIPLIER,
    NOT_IN_LOWER_CASE,
    SHARED,
    SIGNS,
    TIMES,
)
from workflows.request import Request

TO_ROLE = "amount not shown to your role"
IN_CHANNEL = "amount not shown in channels"
_IN_TEXT = "[amount not shown]"

_ALL, _PART, _NONE, _LESS = 2, 1, 0, -1
"""What is open of an invoice, in the place of figures: as much as was invoiced, part of it..."""
_TELLING = 1000
"""From here on a number that stands alone is taken for the amount to which it is equal."""
_NUMBER = rf"""
    (?P<day>\d{{4}}-\d\d-\d\d(?!\w))
    |(?:(?P<before>(?:{CURRENCY})(?![^\W\d])|(?-i:[A-Z]{{3}})(?![^\W\d])|[{SIGNS}])[\s*~]{{0,3}})?
    (?:(?<![A-Za-z])[-+])?(?P<figures>\d+(?:[.,'\u2019\u00a0\u202f]\d+|[ ]\d{{3}}(?!\d))*)(?!\d)
    (?:[\s-]?(?P<times>{MULTIPLIER})(?=(?:{CURRENCY}|[{SIGNS}])?(?![^\W_])))?
    (?:[\s*~-]{{0,3}}
        (?P<after>(?:{CURRENCY})(?![^\W_])|(?-i:[A-Z]{{3}})(?![^\W_])|[{SIGNS}](?!\d)))?
    (?!(?!x\s?\d)[A-Za-z])"""
_PLAIN = re.sub(r"\?P<\w+>", "?:", _NUMBER)
_EACH = re.compile(_NUMBER, re.VERBOSE | re.IGNORECASE)
_CHAIN = re.compile(
    rf"""(?<![^\W_])(?<![.,/])(?<![^\W_]-)(?:{_PLAIN})
    (?:\s{{0,3}}(?:{LINKS}|x|\u00d7|\*{{1,2}}|\^)\s{{0,3}}(?:{_PLAIN}))*""",
    re.VERBOSE | re.IGNORECASE,
)
"""Numbers that belong together: the ends of a range, the factors of a product."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """Leaves the amounts of one request out; ``said`` stands where a blank would mislead.

    ``known``: the figures to leave out of texts. They reach no template.
    """

    said: str
    known: frozenset[Decimal] = frozenset()

    @classmethod
    def of(cls, request: Request, said: str) -> "Withholding | None":
        """Return what leaves the amounts of ``request`` out; None where it has none."""
        found = frozenset(each.amount for each in _amounts(request.details))
        return cls(said, found) if found else None

    def request(self, request: Request) -> Request:
        """Return the request without amounts: everything else is as it was."""
        return replace(
            request,
            details=self._without(request.details),
            findings=self._without(request.findings),
            questions=self._without(request.questions),
        )

    def entry(self, entry: Entry) -> Entry:
        """Return an entry of the timeline without amounts."""
        return replace(entry, detail={key: self.text(said) for key, said in entry.detail.items()})

    def text(self, text: str) -> str:
        """Return a text without what is a sum of money in it, or one of the request's amounts."""
        return _CHAIN.sub(self._in_place, text)

    def _in_place(self, chain: re.Match[str]) -> str:
        """Hide each number of a chain where one of them is money, and else those that are known."""
        is_money = any(_is_sum(each) for each in _EACH.finditer(chain[0]))
        return _EACH.sub(lambda each: self._hidden(each, is_money=is_money), chain[0])

    def _hidden(self, found: re.Match[str], *, is_money: bool) -> str:
        if found["day"] is not None:
            return found[0]
        before, after = found["before"] or "", found["after"] or ""
        known = any(each >= _TELLING and each in self.known for each in _read(found))
        if not (is_money or known):
            return found[0]
        ahead = f"{before} " if before and not _is_money(before) else ""
        behind = f" {after}" if after and not _is_money(after) else ""
        return f"{ahead}{_IN_TEXT}{behind}"

    def _without(self, value: Any) -> Any:  # noqa: ANN401 - any part of any workflow's details
        match value:
            case Money():
                return self.money(value)
            case Invoice():
                return self.invoice(value)
            case str() if not isinstance(value, Enum):
                return self.text(value)
            case tuple():
                return tuple(map(self._without, value))
            case Mapping():
                return {key: self._without(each) for key, each in value.items()}
            case _:
                return self._parts(value)

    def _parts(self, value: Any) -> Any:  # noqa: ANN401 - any part of any workflow's details
        if not is_dataclass(value) or isinstance(value, type):
            return value
        given = {each.name: getattr(value, each.name) for each in fields(value)}
        changed = {name: self._without(each) for name, each in given.items()}
        return replace(value, **changed)

    def money(self, amount: Money, minor: int | None = None) -> Withheld:
        """Return what stands in the place of an amount."""
        sign = (amount.minor > 0) - (amount.minor < 0)
        return Withheld(sign if minor is None else minor, amount.currency, self.said)

    def invoice(self, invoice: Invoice) -> Invoice:
        """Return the invoice without figures; its status can still be told, at any time of it."""
        said: Invoice = self._parts(invoice)
        payments = list[Payment]()
        left, received = _ALL, 0
        for paid, without in zip(invoice.payments, said.payments, strict=True):
            received += paid.amount.minor
            now = _open(invoice.amount.minor, received)
            payments.append(replace(without, amount=self.money(paid.amount, left - now)))
            left = now
        amount = self.money(invoice.amount, _ALL)
        return replace(said, number=invoice.number, amount=amount, payments=tuple(payments))


def _open(invoiced: int, received: int) -> int:
    if received > invoiced:
        return _LESS
    if received == invoiced:
        return _NONE
    return _PART if received > 0 else _ALL


def _amounts(value: Any) -> Iterator[Money]:  # noqa: ANN401 - any workflow's details
    if isinstance(value, Money):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _amounts(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _amounts(getattr(value, part.name))
        if isinstance(value, Document):
            yield from (value.total, *(line.amount for line in value.prices))
        if isinstance(value, Invoice):
            yield value.balance


def _is_sum(found: re.Match[str]) -> bool:
    """Whether a number is multiplied ("1.2M"), or stands beside a currency."""
    if found["day"] is not None:
        return False
    beside = (found["before"] or "", found["after"] or "")
    return bool(found["times"]) or any(map(_is_money, beside))


def _is_money(said: str) -> bool:
    if not said or said in NOT_IN_LOWER_CASE:
        return False
    return said in SIGNS or said.lower() in CALLED.keys() | SHARED.keys() or is_currency(said)


def _read(found: re.Match[str]) -> Iterator[Decimal]:
    """Yield what the figures can mean, with a point or with a comma before the decimals."""
    figures = re.sub("['\u2019\\s]", "", found["figures"])
    times = TIMES.get((found["times"] or "").lower(), 1)
    for thousands, point in ((",", "."), (".", ",")):
        try:
            yield Decimal(figures.replace(thousands, "").replace(point, ".")) * times
        except InvalidOperation:
            continue
