"""Amounts go to Stripe and come back as they are, or they do not go."""

import pytest

from bot.ports import BillingRefused
from integrations.billing.amounts import money, units
from workflows.money import Money, exponent


@pytest.mark.parametrize(
    ("minor", "currency", "theirs"),
    [
        (1000, "USD", 1000),
        (-250, "EUR", -250),
        (500, "JPY", 500),
        (500, "KRW", 500),
        (5, "ISK", 500),
        (1045, "HUF", 1045),
        (80000, "TWD", 80000),
        (5120, "KWD", 5120),
        (12300, "MGA", 123),
        (10**15, "USD", 10**15),
        (0, "BHD", 0),
    ],
)
def test_an_amount_goes_and_comes_back(minor: int, currency: str, theirs: int) -> None:
    assert units(Money(minor, currency)) == theirs
    assert money(theirs, currency.lower()) == Money(minor, currency)


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (5124, "KWD", "with two decimals, not 5.124 KWD"),
        (12345, "MGA", "only whole amounts of MGA, not 123.45 MGA"),
        (1000, "UGX", "no invoices in UGX"),
        (1000, "LYD", "no invoices in LYD"),
        (1000, "CLF", "no invoices in CLF"),
    ],
)
def test_what_stripe_cannot_have_exactly_is_refused(minor: int, currency: str, said: str) -> None:
    with pytest.raises(BillingRefused, match=said):
        units(Money(minor, currency))


@pytest.mark.parametrize(("theirs", "currency"), [(550, "isk"), (1000, "ugx")])
def test_what_we_cannot_have_exactly_is_refused(theirs: int, currency: str) -> None:
    with pytest.raises(BillingRefused):
        money(theirs, currency)


def test_every_currency_of_another_exponent_is_thought_of() -> None:
    """A currency that is counted in hundredths by default here is one that has hundredths."""
    odd = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()
    odd += "BHD IQD JOD KWD LYD OMR TND CLF UYW".split()
    for currency in odd:
        assert exponent(currency) != 2
        try:
            theirs = units(Money(10_000, currency))
        except BillingRefused:
            continue
        if currency != "ISK":
            assert theirs == 10_000
