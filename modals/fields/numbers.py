"""Fields for numbers that are not money."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from modals.fields.field import Invalid
from modals.fields.texts import Text
from modals.figures import Unclear, plain_figures, write_figures
from modals.wire import Answer

LARGEST_QUANTITY = 1_000_000
_PLACES = 3


@dataclass(frozen=True, kw_only=True)
class Quantity(Text):
    """How many of something: a :class:`Decimal` above zero, three decimals at most.

    One million at most, so that quantity times price stays exact. One when left empty.
    """

    max_length: int = 20

    _WRITTEN: ClassVar[re.Pattern[str]] = re.compile(r"[+-]?\d(?:[\d., '’]*\d)?", re.ASCII)
    _UNCLEAR: ClassVar[str] = "Please write the quantity in figures, for example 3, 0.5 or 1500."

    @property
    def blank(self) -> object:
        """One."""
        return Decimal(1)

    def meant(self, text: str) -> object:
        """Return the number; what can be read in two ways (``1,500``) is asked about."""
        number = self._number(unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-"))
        if number <= 0:
            raise Invalid("The quantity must be more than zero.")
        if number > LARGEST_QUANTITY:
            raise Invalid(f"This is too much: {LARGEST_QUANTITY:,} at most, please.")
        if number != round(number, _PLACES):
            raise Invalid("A quantity has at most 3 decimals.")
        return number.normalize()

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the number, so that it is read back as the same."""
        return {self.name: write_figures(value) if isinstance(value, Decimal) else None}

    def _number(self, text: str) -> Decimal:
        if not self._WRITTEN.fullmatch(text):
            raise Invalid(self._UNCLEAR)
        try:
            return Decimal(plain_figures(text, _PLACES))
        except Unclear as problem:
            raise Invalid(str(problem) or self._UNCLEAR) from None


@dataclass(frozen=True, kw_only=True)
class Whole(Text):
    """A whole number from ``least`` to ``most``; None when left empty."""

    least: int
    most: int
    max_length: int = 12

    @property
    def blank(self) -> object:
        """No number."""
        return None

    def meant(self, text: str) -> object:
        """Return the number."""
        digits = unicodedata.normalize("NFKC", text)
        if digits.isascii() and digits.isdigit() and self.least <= int(digits) <= self.most:
            return int(digits)
        raise Invalid(f"Please write a whole number from {self.least} to {self.most}.")

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the number."""
        return {self.name: str(value) if isinstance(value, int) else None}
