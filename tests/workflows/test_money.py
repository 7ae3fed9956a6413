"""Money is exact: the currency's own decimals, or a sentence why not."""

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.money import Money, NotMoney, exponent

CURRENCIES = ("USD", "EUR", "JPY", "KWD", "CLF")


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "written"),
    [
        ("8000", "USD", 800_000, "8,000.00 USD"),
        ("8000.5", "USD", 800_050, "8,000.50 USD"),
        (Decimal("0.01"), "EUR", 1, "0.01 EUR"),
        (1_000_000, "JPY", 1_000_000, "1,000,000 JPY"),
        ("1.001", "KWD", 1001, "1.001 KWD"),
        ("1.2345", "CLF", 12345, "1.2345 CLF"),
        ("1e3", "USD", 100_000, "1,000.00 USD"),
        ("1.5E+3", "JPY", 1500, "1,500 JPY"),
        ("1.5000", "USD", 150, "1.50 USD"),
        ("1." + "0" * 60, "USD", 100, "1.00 USD"),
        ("-12.30", "USD", -1230, "-12.30 USD"),
        ("0", "KWD", 0, "0.000 KWD"),
        (10**15, "JPY", 10**15, "1,000,000,000,000,000 JPY"),
        ("10000000000000.00", "USD", 10**15, "10,000,000,000,000.00 USD"),
    ],
)
def test_an_amount_is_kept_in_minor_units_of_its_currency(
    amount: Decimal | str | int, currency: str, minor: int, written: str
) -> None:
    money = Money.of(amount, currency)
    assert money == Money(minor, currency)
    assert str(money) == written


@pytest.mark.parametrize(
    "amount", ["NaN", "-NaN", "sNaN", "Infinity", "-Infinity", "inf", "", "ten", "1,000", "1e"]
)
def test_what_is_no_number_is_no_amount(amount: str) -> None:
    with pytest.raises(NotMoney) as why:
        Money.of(amount, "USD")
    assert str(why.value) == f"{amount!r} is not an amount."


def test_a_decimal_that_is_no_number_is_named_as_a_person_would() -> None:
    with pytest.raises(NotMoney, match=r"^'Infinity' is not an amount\.$"):
        Money.of(Decimal("Infinity"), "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "sentence"),
    [
        ("0.001", "USD", "USD has at most 2 decimals."),
        ("1.5", "JPY", "JPY has no decimals."),
        ("1.0001", "KWD", "KWD has at most 3 decimals."),
        ("1.00000000000000000000000000000000001", "USD", "USD has at most 2 decimals."),
        ("1e-9999999", "USD", "USD has at most 2 decimals."),
    ],
)
def test_nothing_is_rounded(amount: str, currency: str, sentence: str) -> None:
    with pytest.raises(NotMoney) as why:
        Money.of(amount, currency)
    assert str(why.value) == sentence


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("1000000000000001", "JPY"),
        ("10000000000000.01", "USD"),
        ("1000000000000.001", "KWD"),
        ("-10000000000000.01", "USD"),
        ("9" * 40, "USD"),
        ("1e999999", "USD"),
        ("1e99999999", "JPY"),
    ],
)
def test_more_than_ten_to_the_fifteenth_minor_units_is_too_large(
    amount: str, currency: str
) -> None:
    with pytest.raises(NotMoney, match="too large"):
        Money.of(amount, currency)


@given(st.integers(-(10**15), 10**15), st.sampled_from(CURRENCIES))
def test_an_amount_comes_back_as_it_was(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert Money.of(str(money.amount), currency) == money
    assert money.amount.as_tuple().exponent == -exponent(currency)


@given(st.text(max_size=30) | st.decimals(allow_nan=True, allow_infinity=True))
def test_anything_typed_is_an_exact_amount_or_a_sentence(typed: str | Decimal) -> None:
    try:
        read: Decimal | str = Money.of(typed, "USD").amount
    except NotMoney as why:
        read = str(why)
    assert read == Decimal(typed) if isinstance(read, Decimal) else read.endswith(".")


def test_an_amount_of_another_currency_is_another_amount() -> None:
    assert Money.of(1, "USD") != Money.of(1, "EUR")


def test_an_amount_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Money.of(1, "USD").minor = 2  # type: ignore[misc]


def test_amounts_of_different_currencies_are_not_ordered() -> None:
    with pytest.raises(TypeError):
        sorted([Money.of(1, "USD"), Money.of(1, "JPY")])  # type: ignore[type-var]
