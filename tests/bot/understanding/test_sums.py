"""Amounts of money as people say them in a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.sums import sums_in

SURE = {
    "1.2 million EUR": ("1200000", "EUR"),
    "5 lakh": ("500000", ""),
    "Rs 5 lakh": ("500000", "INR"),
    "2 cr": ("20000000", ""),
    "US$ 3m": ("3000000", "USD"),
    "8,000": ("8000", ""),
    "1.250.000 €": ("1250000", "EUR"),
    "12,34,567": ("1234567", ""),
    "CHF 1'200'000": ("1200000", "CHF"),
    "8 000 EUR": ("8000", "EUR"),
    "1,5 Mio EUR": ("1500000", "EUR"),
    "EUR250,000.50": ("250000.50", "EUR"),
    "500 quid": ("500", "GBP"),
    "£3bn": ("3000000000", "GBP"),
    "$90k": ("90000", "USD"),
    "1000000000000000 USD": ("1000000000000000", "USD"),
}
GUESSED = {
    "about 250k": ("250000",),
    "~90k USD": ("90000",),
    "up to 2 million": ("2000000",),
    "8.000": ("8000", "8"),
    "€8.000": ("8000", "8"),
    "1,250k": ("1250", "1250000"),
    "250k-300k USD": ("300000", "250000"),
    "200-250k": ("250000", "200000"),
    "between $80k and $90k": ("90000", "80000"),
    "250 to 300 thousand dollars": ("300000", "250000"),
    "¥3m": ("3000000",),
    "3 x 20k EUR": ("60000", "20000"),
    "3x 20k": ("60000", "20000"),
    "3 × 20k": ("60000", "20000"),
    "3*20k EUR": ("60000", "20000"),
    "20k EUR x 3": ("60000", "20000"),
    "20k x 3": ("60000", "20000"),
}
NONE = (
    "3 decks",
    "10x",
    "100%",
    "2 weeks",
    "SOW-7",
    "v1.2",
    "24/7",
    "12.12.2026",
    "ten",
    "20 users",
)


@pytest.mark.parametrize("text", SURE)
def test_an_amount_that_means_one_thing_is_sure(text: str) -> None:
    amount, currency = SURE[text]
    [found] = sums_in(f"it is worth {text}, they say", "USD")
    assert (f"{found.amounts[0].normalize():f}", found.currency) == (
        f"{type(found.amounts[0])(amount).normalize():f}",
        currency,
    )
    assert not found.guess
    assert not found.bare


@pytest.mark.parametrize("text", GUESSED)
def test_an_amount_that_is_rough_or_means_two_is_a_guess(text: str) -> None:
    [found] = sums_in(text, "USD")
    assert found.guess
    assert tuple(f"{each.normalize():f}" for each in found.amounts) == GUESSED[text]


@pytest.mark.parametrize("text", NONE)
def test_what_counts_something_else_is_no_amount(text: str) -> None:
    assert not [each for each in sums_in(text, "USD") if not each.bare]


@pytest.mark.parametrize(
    "power",
    ["10^15", "10 ^ 15", "10**6", "10 ** 6", "1e15", "1e+15", "1E6", "$10^6", "5 x 10^6", "10¹⁵"],
)
def test_a_power_is_no_amount_and_neither_is_a_part_of_it(power: str) -> None:
    assert not sums_in(f"SOW for Globex, {power} USD, API client", "USD")


def test_bold_figures_are_no_product() -> None:
    [found] = sums_in("the budget is *20k EUR*, all in all", "USD")
    assert found.amounts == (Decimal(20_000),)
    assert not found.guess


def test_two_currencies_are_two_amounts() -> None:
    found = sums_in("250k EUR or 300k USD", "USD")
    assert [each.currency for each in found] == ["EUR", "USD"]


@pytest.mark.parametrize(("home", "means"), [("USD", "USD"), ("AUD", "AUD"), ("EUR", "USD")])
def test_a_dollar_is_the_companys_where_it_has_one(home: str, means: str) -> None:
    [found] = sums_in("$90k", home)
    assert (found.currency, found.guess) == (means, home == "EUR")


@given(st.text(alphabet="0123456789.,' kKmM€$USD-toand/%", max_size=300))
def test_any_text_is_read_and_its_words_name_the_same(text: str) -> None:
    for found in sums_in(text, "USD"):
        assert 0 <= found.start < found.end <= len(text)
        assert found.amounts
