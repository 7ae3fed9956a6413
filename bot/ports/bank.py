"""Bank statements: how a bank's files are read, and the money that they say came in."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from workflows.dating import DateOrder
from workflows.money import Money
from workflows.money_words import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class BankMapping:
    """Which column of a bank's files is which, by position from 0, for files with this ``header``.

    The money is in ``amount``, or what came in has a column of its own, ``credit``. ``currency`` is
    a column; where it is empty, and where there is none, everything is in ``fixed``. ``reference``
    are the columns of the text. ``transaction`` is the bank's own number of a row, if it gives one.
    Where there is a column for the ``direction``, rows of which it says one of ``ins`` may be money
    in, those with one of ``outs`` are passed over, and anything else is asked about.
    """

    bank: str
    """What people call it."""
    header: tuple[str, ...]
    date: int
    order: DateOrder
    amount: int | None
    credit: int | None
    mark: Mark
    currency: int | None
    fixed: str
    reference: tuple[int, ...]
    payer: int | None
    transaction: int | None
    direction: int | None = None
    ins: tuple[str, ...] = ()
    outs: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is known by."""
        return header_key(self.header)


def header_key(header: Sequence[str]) -> str:
    """Return what files with this header, in any case, are known by.

    A column without a name at its end may be there or not: it is not seen where nothing is in it.
    """
    folded = "\x1f".join(name.casefold() for name in header).rstrip("\x1f")
    return hashlib.sha256(folded.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class BankStatement:
    """A file that was handed in and waits for its mapping; ``sha256`` is that of its bytes."""

    id: str
    name: str
    sha256: str
    text: str
    by: str
    at: datetime


class RowState(StrEnum):
    """What became of a row."""

    WAITING = "waiting"
    RECORDED = "recorded"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRow:
    """Money that came in, as one row of a statement says it.

    ``key`` is the same however often the row is handed in, in whichever file. ``statement`` is the
    :attr:`BankStatement.id` of the file that brought it; ``sha256`` and ``line`` say where in which
    bytes it stands. ``by`` and ``settled_at``: who did with it what ``state`` says, and when;
    ``ref`` and ``invoice``: on what it was recorded.
    """

    id: int = 0
    key: str
    bank: str
    on: date
    amount: Money
    payer: str
    reference: str
    statement: str
    sha256: str
    file: str
    line: int
    at: datetime
    state: RowState = RowState.WAITING
    ref: str | None = None
    invoice: str = ""
    by: str = ""
    settled_at: datetime | None = None


class Bank(Protocol):
    """Mappings by their key, statements, and rows."""

    def mapping(self, key: str) -> BankMapping | None:
        """Return the mapping, or None."""

    def mappings(self) -> Sequence[BankMapping]:
        """Return every mapping, by the name of its bank."""

    def keep_mapping(self, mapping: BankMapping) -> None:
        """Store the mapping in the place of the one for the same header."""

    def drop_mapping(self, key: str) -> bool:
        """Remove the mapping; return whether it was there."""

    def keep(self, statement: BankStatement) -> None:
        """Store the statement, unless it is there."""

    def statement(self, statement_id: str) -> BankStatement | None:
        """Return the statement, or None."""

    def drop(self, statement_id: str) -> None:
        """Remove the statement: it has been read, or it is not to be."""

    def add(self, rows: Sequence[BankRow]) -> None:
        """Store those of the rows whose key nobody has brought before."""

    def brought(self, statement_id: str) -> int:
        """Return how many rows this statement was the first to bring."""

    def row(self, row_id: int) -> BankRow | None:
        """Return the row, or None."""

    def rows(self, state: RowState, limit: int, skip: int = 0) -> Sequence[BankRow]:
        """Return a page of the rows in ``state``, the earliest day first."""

    def count(self, state: RowState) -> int:
        """Return how many rows there are in ``state``."""

    def settle(self, row: BankRow, before: RowState) -> bool:
        """Store what became of the row, if it is in ``before``; return whether it was.

        Whoever would do so at the same moment waits until this transaction ends.
        """
