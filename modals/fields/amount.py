"""A field for money: an amount to write and a currency to choose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import ClassVar

from babel.numbers import get_currency_name, is_currency

from modals.amounts import read_amount, write_amount
from modals.fields.choice import Choice
from modals.fields.field import Invalid, Option, State
from modals.fields.texts import Text
from modals.wire import Answer, Json
from workflows.money import Money, NotMoney

_COMMON = (
    "USD EUR GBP CHF SEK NOK DKK ISK PLN CZK HUF RON TRY UAH ILS AED SAR QAR KWD BHD EGP ZAR NGN "
    "KES INR PKR BDT LKR JPY CNY HKD TWD KRW SGD MYR THB IDR PHP VND AUD NZD CAD MXN BRL ARS CLP "
    "COP PEN"
)


@dataclass(frozen=True, kw_only=True)
class Amount(Text):
    """More than zero of a currency: two inputs, one :class:`Money`, None when left empty.

    ``currency`` names the answer that holds the ISO 4217 code; a default comes with the state.
    Errors of either input belong to the amount.
    """

    max_length: int = 28
    currency: str = "currency"

    missing: ClassVar[str] = "Please give an amount."

    @property
    def names(self) -> tuple[str, ...]:
        """The amount's and the currency's."""
        return (self.name, self.currency)

    @property
    def blank(self) -> object:
        """No amount."""
        return None

    def blocks(self, state: State, draft: str) -> list[Json]:
        """Return the amount's input and the currency's select below it."""
        chosen = _code(state.get(self.currency))
        options = _currencies()
        if chosen and chosen not in _COMMON:
            options = (*options, _option(chosen))
        select = Choice(
            name=self.currency, label="Currency", required=self.required, options=options
        )
        return [*super().blocks(state, draft), *select.blocks(state, draft)]

    def check(self, state: State, today: date) -> object:
        """Return the money."""
        text = super().check(state, today)
        if not isinstance(text, str):
            return text
        currency = _code(state.get(self.currency))
        if not currency:
            raise Invalid("Please choose a currency, too.")
        try:
            return read_amount(text, currency)
        except NotMoney as problem:
            raise Invalid(str(problem)) from None

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the money, given as it is or as ``dataclasses.asdict`` takes it apart."""
        money = Money(**value) if isinstance(value, Mapping) else value
        if not isinstance(money, Money):
            return {self.name: None}
        return {self.name: write_amount(money), self.currency: money.currency}


def _code(answer: Answer) -> str:
    is_code = isinstance(answer, str) and re.fullmatch(r"[A-Z]{3}", answer) and is_currency(answer)
    return str(answer) if is_code else ""


@cache
def _currencies() -> tuple[Option, ...]:
    return tuple(_option(code) for code in _COMMON.split())


def _option(code: str) -> Option:
    return Option(code, f"{code} – {get_currency_name(code, locale='en')}")
