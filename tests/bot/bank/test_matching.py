"""Which invoice a row names, and in which order others are offered."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.matching import Fit, Open, judged, named_in, ordered, proposal
from bot.ports import BankRow
from tests.storage.examples import sow
from workflows.deal import recorded
from workflows.invoice import Invoice, Payment
from workflows.money import Money
from workflows.request import Request

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROW = BankRow(
    id=1,
    key="k",
    bank="Globex Bank",
    on=date(2026, 11, 20),
    amount=Money(800_000, "USD"),
    payer="GLOBEX CORP",
    reference="inv 1",
    statement="s",
    sha256="ab",
    file="november.csv",
    line=2,
    at=NOW,
)


def owed(number: str, minor: int = 800_000, currency: str = "USD", client: str = "Globex") -> Open:
    invoice = Invoice(
        number=number,
        amount=Money(minor, currency),
        issued=date(2026, 11, 1),
        due=date(2026, 12, 1),
        by="U_BEA",
        at=NOW,
        sent_at=NOW,
    )
    request: Request = sow(f"SOW-{number}")
    details = replace(request.details, client=client)
    return Open(recorded(replace(request, details=details), invoices=(invoice,)), invoice)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("INV-3", ["INV-3"]),
        ("inv 3", ["INV-3"]),
        ("Inv.3, thanks", ["INV-3"]),
        ("INV3", ["INV-3"]),
        ("payment of INV – 3.", ["INV-3"]),
        ("Rechnung Nr.2026-17", ["2026-17"]),
        ("2026/17 vom 03.11.2026", ["2026-17"]),
        ("INV-3/INV-4", ["INV-3", "INV-4"]),
        ("INV-4 and INV-3 and INV-4", ["INV-4", "INV-3"]),
        ("INV-33", []),
        ("INV-3-1", []),
        ("INV-3/2", []),
        ("INV-3.1", []),
        ("INV-3A", []),
        ("XINV-3", []),
        ("PRO-INV-3", []),
        ("12026-17", []),
        ("INV-2026-17", []),
        ("2026-17-5", []),
        ("INV 3", ["INV-3"]),
        ("INV, 3", []),
        ("", []),
        ("INV", []),
    ],
)
def test_a_number_is_found_as_people_write_it_and_only_whole(text: str, found: list[str]) -> None:
    assert named_in(text, ["INV-3", "INV-4", "2026-17"]) == found


def test_of_numbers_within_each_other_the_longer_one_is_meant() -> None:
    assert named_in("INV 7 2026", ["INV-7", "INV-7-2026", "2026"]) == ["INV-7-2026"]


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["", " ", "-", " - ", "/", "."]))
def test_a_number_never_names_another_one(one: int, other: int, apart: str) -> None:
    found = named_in(f"Invoice: inv{apart}{one} (Globex)", [f"INV-{one}", f"INV-{other}"])
    assert found == [f"INV-{one}"]


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=6))
def test_whatever_the_text_and_the_numbers_are_what_is_found_is_among_them(
    text: str, numbers: list[str]
) -> None:
    assert set(named_in(text, numbers)) <= set(numbers)


@pytest.mark.parametrize(
    ("minor", "fit"),
    [(800_000, Fit.MATCHES), (799_999, Fit.PART), (800_001, Fit.MORE)],
)
def test_what_is_named_is_proposed_with_how_it_fits(minor: int, fit: Fit) -> None:
    found = proposal(replace(ROW, amount=Money(minor, "USD")), [owed("INV-1"), owed("INV-2")])
    assert found is not None
    assert (found.owed.invoice.number, found.fit) == ("INV-1", fit)
    assert bool(found.doubts) == (fit is Fit.MORE)


def test_another_currency_fits_nothing() -> None:
    found = proposal(ROW, [owed("INV-1", currency="EUR")])
    assert found is not None
    assert found.fit is Fit.OTHER_CURRENCY


def test_a_reference_that_is_on_record_is_a_doubt() -> None:
    known = owed("INV-1", 1_600_000)
    paid = Payment(
        id=1,
        amount=ROW.amount,
        on=ROW.on,
        method="bank transfer",
        reference="INV 1",
        by="U_BEA",
        at=NOW,
    )
    invoice = known.invoice.with_payment(paid)
    again = Open(recorded(known.request, invoices=(invoice,)), invoice)
    found = judged(ROW, again)
    assert found.fit is Fit.MATCHES
    assert "on record already" in found.doubts[0]


@pytest.mark.parametrize("reference", ["Thank you", "INV-1, INV-2", ""])
def test_what_names_none_or_several_is_not_proposed(reference: str) -> None:
    row = replace(ROW, reference=reference, payer="Globex")
    assert proposal(row, [owed("INV-1"), owed("INV-2")]) is None


def test_one_number_on_two_requests_is_not_proposed() -> None:
    assert proposal(ROW, [owed("INV-1"), owed("INV-1", client="Initech")]) is None


def test_names_and_amounts_only_order_what_is_offered() -> None:
    row = replace(ROW, reference="Thank you")
    choices = [
        owed("INV-1", 100, client="Initech"),
        owed("INV-2", 100, client="Globex Corporation"),
        owed("INV-3", 800_000, client="Hooli"),
        owed("INV-4", 800_000, client="Globex"),
        owed("INV-5", 800_000, currency="EUR"),
    ]
    found = [each.invoice.number for each in ordered(row, choices)]
    assert found == ["INV-4", "INV-3", "INV-2", "INV-1"]
    assert proposal(row, choices) is None
