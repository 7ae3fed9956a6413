"""The laws of invoices and payments, on random bookkeeping, against a ledger kept by hand."""

from dataclasses import dataclass, field
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.contracts import Contract, awaiting, invoice, payment
from tests.workflows.harborlight import BEA
from workflows.definition import Given
from workflows.engine import Actor, act
from workflows.invoice import Status, find, outstanding
from workflows.money import Money
from workflows.refusals import NotNow, Refusal
from workflows.request import Request
from workflows.sow import WORKFLOW as SOW

INVOICED = {"INV-1": 100, "INV-2": 40, "INV-3": 100}
"""What is owed, in cents: small, so that random payments meet it often."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that Billing tries."""

    name: str
    number: str
    cents: int
    reference: str
    sure: bool
    nth: int


DEEDS = st.builds(
    Deed,
    name=st.sampled_from(["pay", "pay", "pay", "reverse", "write_off"]),
    number=st.sampled_from(sorted(INVOICED)),
    cents=st.sampled_from([1, 20, 40, 60, 100, 101]),
    reference=st.sampled_from(["", "RF1", "rf1 ", "RF2"]),
    sure=st.booleans(),
    nth=st.integers(1, 5),
)


@dataclass
class Ledger:
    """What should be so: for each invoice its rows (cents, reference, open or taken back)."""

    rows: dict[str, list[tuple[int, str, str]]] = field(
        default_factory=lambda: {number: [] for number in INVOICED}
    )
    given_up: set[str] = field(default_factory=set)

    def balance(self, number: str) -> int:
        """Return what is owed still."""
        return INVOICED[number] - sum(cents for cents, _, _ in self.rows[number])

    def status(self, number: str) -> str:
        """Return where the invoice should stand, in the words of the glossary."""
        balance = self.balance(number)
        if balance <= 0:
            return "overpaid" if balance else "paid"
        if number in self.given_up:
            return "written off"
        return "unpaid" if balance == INVOICED[number] else "part-paid"

    def expects(self, deed: Deed) -> bool:
        """Say whether the deed should succeed; and if so, put it down."""
        rows = self.rows[deed.number]
        if deed.name == "reverse":
            if deed.nth > len(rows) or rows[deed.nth - 1][2] != "open":
                return False
            cents, reference, _ = rows[deed.nth - 1]
            rows[deed.nth - 1] = (cents, reference, "taken back")
            rows.append((-cents, reference, "reversal"))
            return True
        if deed.name == "write_off":
            is_open = self.status(deed.number) in ("unpaid", "part-paid")
            self.given_up |= {deed.number} if is_open else set()
            return is_open
        name = deed.reference.strip().lower()
        seen = {each for row in self.rows.values() for _, each, state in row if state == "open"}
        doubtful = deed.cents > self.balance(deed.number) or (name and name in seen)
        if doubtful and not deed.sure:
            return False
        rows.append((deed.cents, name, "open"))
        return True


@cache
def _start() -> Contract:
    return awaiting(*(invoice(number, f"{cents / 100:.2f}") for number, cents in INVOICED.items()))


def tried(way: Contract, deed: Deed) -> bool:
    """Try the deed; return whether it was done."""
    amount = f"{deed.cents / 100:.2f}"
    name, values = {
        "pay": ("record_payment", payment(amount, deed.number, deed.reference, sure=deed.sure)),
        "reverse": ("reverse_payment", {"payment": f"{deed.number}#{deed.nth}"}),
        "write_off": ("write_off", {"invoice": deed.number}),
    }[deed.name]
    try:
        way.does(BEA, name, "because", **values)
    except Refusal:
        return False
    return True


@settings(max_examples=100, derandomize=True)
@given(st.lists(DEEDS, max_size=14))
def test_the_books_are_as_a_ledger_kept_by_hand(deeds: list[Deed]) -> None:
    way, ledger = _start().copy(), Ledger()
    for deed in deeds:
        assert ledger.expects(deed) == tried(way, deed)
        for number, owed in INVOICED.items():
            found = way.invoice(number)
            assert found.status.value == ledger.status(number)
            assert found.balance == Money(ledger.balance(number), "USD")
            assert found.paid.minor == owed - ledger.balance(number)
            assert [each.amount.minor for each in found.payments] == [
                cents for cents, _, _ in ledger.rows[number]
            ]
        awaited = any(ledger.status(each) in ("unpaid", "part-paid") for each in INVOICED)
        assert way.stage == ("awaiting_payment" if awaited else "paid")


@settings(max_examples=100, derandomize=True)
@given(st.lists(DEEDS, max_size=10), DEEDS)
def test_what_is_taken_back_restores_what_was(deeds: list[Deed], last: Deed) -> None:
    way = _start().copy()
    for deed in deeds:
        tried(way, deed)
    before = way.invoice(last.number)
    way.does(BEA, "record_payment", **payment("0.20", last.number, sure=True))
    paid = way.invoice(last.number)
    assert paid.balance.minor == before.balance.minor - 20
    nth = len(paid.payments)
    way.does(BEA, "reverse_payment", "because", payment=f"{last.number}#{nth}")
    after = way.invoice(last.number)
    assert (after.status, after.balance, after.paid) == (before.status, before.balance, before.paid)
    assert after.payments[: len(before.payments)] == before.payments
    assert len(after.payments) == len(before.payments) + 2
    assert after.reversible() == before.reversible()


@settings(max_examples=150, derandomize=True)
@given(st.lists(DEEDS, max_size=14))
def test_nothing_is_negative_unless_too_much_was_paid(deeds: list[Deed]) -> None:
    way = _start().copy()
    for deed in deeds:
        tried(way, deed)
        for each in way.record.invoices:
            assert each.paid.minor >= 0
            assert (each.balance.minor < 0) == (each.status is Status.OVERPAID)
            assert each.paid.minor + each.balance.minor == each.amount.minor


@settings(max_examples=100, derandomize=True)
@given(st.lists(DEEDS, max_size=14))
def test_rows_only_grow_and_their_ids_count(deeds: list[Deed]) -> None:
    way = _start().copy()
    for deed in deeds:
        before = {each.number: each.payments for each in way.record.invoices}
        tried(way, deed)
        for each in way.record.invoices:
            assert each.payments[: len(before[each.number])] == before[each.number]
            assert [row.id for row in each.payments] == list(range(1, len(each.payments) + 1))
            gone = [row.reverses for row in each.payments if row.reverses is not None]
            assert len(gone) == len(set(gone)) == len(each.reversed_ids())


@settings(max_examples=100, derandomize=True)
@given(st.lists(DEEDS, max_size=14))
def test_what_is_outstanding_is_open_and_the_earliest_comes_first(deeds: list[Deed]) -> None:
    way = _start().copy()
    for deed in deeds:
        tried(way, deed)
    waiting = outstanding(way.record.invoices)
    assert {each.number for each in waiting} == {
        each.number
        for each in way.record.invoices
        if each.status in (Status.UNPAID, Status.PART_PAID)
    }
    assert [each.due for each in waiting] == sorted(each.due for each in waiting)
    assert bool(waiting) == (way.stage == "awaiting_payment")


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_no_money_of_another_currency_enters_an_invoice(currency: str) -> None:
    way = _start().copy()
    values = payment(1) | {"amount": Money.of(1, currency), "sure": True}
    way.refuses(BEA, "record_payment", **values)
    assert {row.amount.currency for each in way.record.invoices for row in each.payments} == set()


@pytest.mark.parametrize(
    ("number", "found"),
    [("INV-1", True), ("inv-1", True), ("  INV-1\n", True), ("INV-10", False), ("", False)],
)
def test_an_invoice_is_found_as_people_write_its_number(number: str, *, found: bool) -> None:
    assert (find(_start().record.invoices, number) is not None) is found


def test_two_clicks_on_the_same_form_pay_once() -> None:
    way = _start().copy()
    gesture = Given(step=way.request.step, values=payment("0.20"))

    def click(request: Request) -> Request:
        pay = "record_payment"
        return act(SOW, request, pay, Actor(BEA), gesture, way.office, way.now).request

    once = click(way.request)
    with pytest.raises(NotNow):
        click(once)
