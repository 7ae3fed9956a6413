"""What a row of a statement may pay: proposals for a person, never more than that.

Only an invoice's whole number in the row's text proposes it. Amounts and names merely order what
somebody chooses from: two clients can owe the same, and be called alike.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.ports.bank import BankRow
from bot.understanding.names import likeness
from modals.fitting import cut
from modals.payment import LONGEST_REFERENCE
from workflows.invoice import Invoice
from workflows.payment import payment_doubts
from workflows.request import Request

_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_APART = re.compile(r"[\s\-_./#:]{0,3}")
"""What people write between the parts of a number."""

_LONGER_BEFORE = re.compile(r"(?:\w|\w[-_])$")
_FIGURES_BEFORE = re.compile(r"\d[./]$")
_LONGER_AFTER = re.compile(r"\w|[-_]\w|[./]\d")
"""What makes it a part of a longer number: "Nr.3" and "3, 4" are none, "INV-3-1" is.

Behind figures a point or a slash does so where it begins with figures, too.
"""

_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
"""Hyphens, dashes and the minus sign, by their code points."""


class Fit(StrEnum):
    """How the money of a row and the balance of an invoice compare."""

    MATCHES = "matches"
    PART = "part"
    MORE = "more"
    OTHER_CURRENCY = "other currency"


@dataclass(frozen=True, slots=True)
class Open:
    """An invoice whose money is awaited, with its request."""

    request: Request
    invoice: Invoice

    @property
    def client(self) -> str:
        """Who owes it."""
        return str(getattr(self.request.details, "client", ""))


@dataclass(frozen=True, slots=True)
class Proposal:
    """The one invoice that a row names, how it fits, and what should make one look twice."""

    owed: Open
    fit: Fit
    doubts: tuple[str, ...] = ()


def named_in(text: str, numbers: Sequence[str]) -> list[str]:
    """Return which of the invoice ``numbers`` stand in ``text``, in their order there, each once.

    Case, spaces, dashes and the like between letters and figures do not matter. A number that is a
    part of a longer one, known or not, is none.
    """
    said = _parts(text)
    found: dict[tuple[int, int], list[str]] = {}
    begins: dict[str, list[tuple[list[str], str]]] = {}
    for number in dict.fromkeys(numbers):
        if parts := [part for part, _start, _end in _parts(number)]:
            begins.setdefault(parts[0], []).append((parts, number))
    plain = _plain(text)
    for at, (part, _start, _end) in enumerate(said):
        for parts, number in begins.get(part, ()):
            if _stands_at(said, at, parts, plain):
                found.setdefault((at, at + len(parts)), []).append(number)
    whole = [each for each in found if not any(_holds(other, each) for other in found)]
    return list(dict.fromkeys(number for place in sorted(whole) for number in found[place]))


def named(row: BankRow, owed: Sequence[Open]) -> list[Open]:
    """Return the invoices that the row's text names."""
    by_number: dict[str, list[Open]] = {}
    for each in owed:
        by_number.setdefault(each.invoice.number, []).append(each)
    return [each for number in named_in(row.reference, [*by_number]) for each in by_number[number]]


def proposal(row: BankRow, owed: Sequence[Open]) -> Proposal | None:
    """Return what the row proposes; None where it names no invoice, or more than one."""
    found = named(row, owed)
    return judged(row, found[0]) if len(found) == 1 else None


def reference_of(row: BankRow) -> str:
    """Return what stands as the reference of a payment that is recorded from the row."""
    return cut(row.reference, LONGEST_REFERENCE)


def judged(row: BankRow, owed: Open) -> Proposal:
    """Return how the row's money fits an invoice."""
    invoice = owed.invoice
    if row.amount.currency != invoice.amount.currency:
        return Proposal(owed, Fit.OTHER_CURRENCY)
    doubts = payment_doubts(owed.request, invoice, row.amount, reference_of(row))
    left = row.amount.minor - invoice.balance.minor
    fit = Fit.MATCHES if left == 0 else Fit.PART if left < 0 else Fit.MORE
    return Proposal(owed, fit, doubts)


def ordered(row: BankRow, owed: Sequence[Open]) -> list[Open]:
    """Return the invoices in the row's currency that somebody may choose from, the likeliest first.

    Named ones, then those whose balance it is, then those whose client is called like the payer.
    """
    names = {id(each) for each in named(row, owed)}
    alike = {each.client: likeness(row.payer, each.client) for each in owed}

    def likely(each: Open) -> tuple[bool, bool, float, object]:
        is_named, is_equal = id(each) in names, each.invoice.balance == row.amount
        return (not is_named, not is_equal, -alike[each.client], each.invoice.due)

    same = (each for each in owed if each.invoice.amount.currency == row.amount.currency)
    return sorted(same, key=likely)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()


def _parts(text: str) -> list[tuple[str, int, int]]:
    """Return the runs of letters and of figures, each with where it begins and ends."""
    return [(found[0], found.start(), found.end()) for found in _TOKENS.finditer(_plain(text))]


def _stands_at(
    said: Sequence[tuple[str, int, int]], at: int, parts: Sequence[str], plain: str
) -> bool:
    """Whether ``parts`` stand at ``at``, with nothing but what divides them between, and whole."""
    these = said[at : at + len(parts)]
    if [part for part, _start, _end in these] != parts:
        return False
    if not all(_APART.fullmatch(gap) for gap in _gaps(these, plain)):
        return False
    first, last = these[0][1], these[-1][2]
    if parts[0].isdigit() and _FIGURES_BEFORE.search(plain[:first]):
        return False
    return not _LONGER_BEFORE.search(plain[:first]) and not _LONGER_AFTER.match(plain[last:])


def _gaps(these: Sequence[tuple[str, int, int]], plain: str) -> Iterator[str]:
    for (_part, _start, end), (_next, start, _end) in pairwise(these):
        yield plain[end:start]


def _holds(other: tuple[int, int], this: tuple[int, int]) -> bool:
    """Whether ``this`` place lies within another, larger one."""
    return other != this and other[0] <= this[0] and this[1] <= other[1]
