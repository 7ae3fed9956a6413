"""Amounts as Stripe counts them: in a currency's smallest unit, with exceptions of its own.

Which these are: docs.stripe.com/currencies (zero-decimal and three-decimal currencies, special
cases). Where that is not the currency's own exponent an amount is counted anew; what Stripe cannot
have exactly is refused, so no amount is ever another one.
"""

from decimal import Decimal

from bot.ports import BillingRefused
from workflows.money import Money, NotMoney

_WHOLE = frozenset("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split())
_THOUSANDTHS = frozenset("BHD JOD KWD OMR TND".split())
"""Their last digit has to be 0."""
_NEVER = frozenset("CLF IQD LYD UGX UYI UYW".split())
"""Stripe does not have them; of UGX its page says two different things."""


def units(money: Money) -> int:
    """Return an amount in Stripe's units. Raises BillingRefused."""
    if money.currency in _NEVER:
        raise BillingRefused(f"Stripe makes no invoices in {money.currency}.")
    exact = money.amount.scaleb(_places(money.currency))
    if exact != exact.to_integral_value():
        raise BillingRefused(f"Stripe takes only whole amounts of {money.currency}, not {money}.")
    found = int(exact)
    if money.currency in _THOUSANDTHS and found % 10:
        raise BillingRefused(
            f"Stripe takes amounts of {money.currency} with two decimals, not {money}."
        )
    return found


def money(found: int, currency: str) -> Money:
    """Return so many of Stripe's units of a currency, in its own case. Raises BillingRefused."""
    code = currency.upper()
    if code in _NEVER:
        raise BillingRefused(f"Stripe's amounts in {code} are not known for sure.")
    try:
        return Money.of(Decimal(found).scaleb(-_places(code)), code)
    except NotMoney as problem:
        raise BillingRefused(f"Stripe has an amount in {code} that cannot be: {problem}") from None


def _places(currency: str) -> int:
    """Return how many decimal places an amount has at Stripe."""
    if currency in _WHOLE:
        return 0
    return 3 if currency in _THOUSANDTHS else 2
