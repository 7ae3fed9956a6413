"""Money: integer minor units and an ISO 4217 currency, exact at every step."""

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

_EXPONENTS = (
    dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)
    | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
    | dict.fromkeys("CLF UYW".split(), 4)
)
_LARGEST = 10**15


class NotMoney(ValueError):
    """This is not an amount of money."""


def exponent(currency: str) -> int:
    """Return how many decimal places ``currency`` has (ISO 4217): 2 unless listed otherwise."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount of one currency: ``Money(800000, "USD")`` is 8,000.00 US dollars."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> "Money":
        """Return ``amount`` major units of ``currency``.

        Raises :class:`NotMoney`, with a sentence, when the amount is not a number, has more
        decimals than the currency, or its minor units are beyond 10^15.
        """
        places = exponent(currency)
        try:
            value = Decimal(amount)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise NotMoney(f"{str(amount)!r} is not an amount.")
        if value.copy_abs() > Decimal(_LARGEST).scaleb(-places):
            raise NotMoney("This amount is too large.")
        money = cls(int(value.scaleb(places)), currency)
        if money.amount != value:
            allowed = "no decimals" if places == 0 else f"at most {places} decimals"
            raise NotMoney(f"{currency} has {allowed}.")
        return money

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimals."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def of_minor(self, minor: int) -> "Money":
        """Return so many minor units of the same currency, as well known as this amount is."""
        return replace(self, minor=minor)

    def __str__(self) -> str:
        """``8,000.00 USD``, for logs and the audit; people get it formatted by ``messages``."""
        return f"{self.amount:,f} {self.currency}"


@dataclass(frozen=True, slots=True, order=False)
class Withheld(Money):
    """What stands in the place of an amount for somebody who may not see it.

    ``minor`` tells more than nothing from nothing, and less, and no figure. Whatever is reckoned
    from it is withheld as well.
    """

    said: str = "amount not shown"

    @property
    def amount(self) -> Decimal:
        """Raises :class:`NotMoney`: there is no figure here."""
        raise NotMoney(self.said)

    def __str__(self) -> str:
        """That it is not shown."""
        return self.said
