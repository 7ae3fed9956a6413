"""Stripe's adapter: what it asks is as Stripe specifies it, and what may fail fails well."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.ports import (
    Billed,
    BillingRefused,
    BillingUnavailable,
    BillState,
    Credit,
    Heard,
    Received,
)
from integrations.billing.stripe import Stripe
from tests.integrations.billing.conftest import BILL, NOON, access
from tests.integrations.billing.double import Double
from tests.integrations.billing.serving import serving
from workflows.money import Money
from workflows.returns import Returned, Way

Account = tuple[Double, Stripe]
CREDIT = Credit(
    key="p1", amount=Money(300000, "USD"), at=NOON, method="Bank transfer", reference="0815"
)


def test_an_invoice_is_made_as_it_is_asked_for(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)

    made = double.only
    assert made.id == invoice
    assert made.made["description"] == "Statement of Work SOW-7"
    assert made.made["metadata"] == {"frontdesk": "f3a1", "request": "SOW-7"}
    assert made.made["custom_fields"] == [{"name": "Attention", "value": "Hank Scorpio"}]
    assert made.made["auto_advance"] is False
    assert [(each["description"], each["amount"]) for each in made.items] == [
        ("Discovery", 600000),
        ("Workshop", 200050),
    ]
    client = double.customer("payables@globex.example").made
    assert (client["name"], client["metadata"]) == ("Globex", {"frontdesk": "Globex"})
    assert stripe.look(invoice) == Billed(
        state=BillState.OPEN,
        number="INV-7",
        total=Money(800050, "USD"),
        balance=Money(800050, "USD"),
        page=f"{double.url}/i/{invoice}",
    )
    assert double.mails == []


def test_without_a_number_stripe_gives_it_one(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(replace(BILL, number="", contact=""))
    assert stripe.look(invoice).number == double.only.number != ""
    assert "custom_fields" not in double.only.made


def test_it_is_due_at_the_end_of_the_day_where_the_company_is(account: Account) -> None:
    double, stripe = account
    stripe.prepare(BILL)
    assert datetime.fromtimestamp(double.only.due, UTC) == datetime(
        2026, 12, 24, 4, 59, 59, tzinfo=UTC
    )
    stripe.prepare(replace(BILL, key="today", number="INV-8", due=date(2026, 11, 23)))
    assert double.newest.due > NOON.timestamp()


def test_what_is_due_already_is_refused_with_the_day(account: Account) -> None:
    double, stripe = account
    with pytest.raises(BillingRefused, match="no invoice that is due on 2026-11-22") as refused:
        stripe.prepare(replace(BILL, due=date(2026, 11, 22)))
    assert "cannot be in the past" in str(refused.value)
    assert double.invoices == {}


def test_the_same_client_is_one_customer_and_another_one_at_the_same_address_is_not(
    account: Account,
) -> None:
    double, stripe = account
    stripe.prepare(BILL)
    stripe.prepare(replace(BILL, key="second", number="INV-8"))
    assert len(double.customers) == 1
    stripe.prepare(replace(BILL, key="third", number="INV-9", client="Initech"))
    assert [each.made["name"] for each in double.customers.values()] == ["Globex", "Initech"]
    assert len({each.customer.id for each in double.invoices.values()}) == 2


@pytest.mark.parametrize("keys", ["known", "forgotten"])
@pytest.mark.parametrize("nth", range(1, 6))
def test_whatever_is_cut_short_is_taken_up(account: Account, nth: int, keys: str) -> None:
    """After ``nth`` changes that were done an answer is lost, and perhaps a day goes by."""
    double, stripe = account
    double.lost_at = nth
    with pytest.raises(Exception, match="HTTP 502"):
        stripe.prepare(BILL)
    if keys == "forgotten":
        double.forget_keys()

    invoice = stripe.prepare(BILL)

    assert invoice == double.only.id
    assert len(double.customers) == 1
    assert [each["amount"] for each in double.only.items] == [600000, 200050]
    assert stripe.look(invoice).state is BillState.OPEN


@pytest.mark.parametrize("nth", range(1, 6))
def test_an_error_of_stripes_own_does_not_stay_for_a_day(account: Account, nth: int) -> None:
    double, stripe = account
    double.broken_at = nth
    with pytest.raises(Exception, match="HTTP 500"):
        stripe.prepare(BILL)
    assert stripe.prepare(BILL) == double.only.id
    assert [each["amount"] for each in double.only.items] == [600000, 200050]
    assert len(double.customers) == 1


def test_a_draft_that_somebody_deleted_is_made_anew_at_once(account: Account) -> None:
    double, stripe = account
    double.lost_at = 2
    with suppress(Exception):
        stripe.prepare(BILL)
    double.invoices.clear()
    assert stripe.prepare(BILL) == double.only.id


def test_a_customer_whom_somebody_deleted_is_made_anew_at_once(account: Account) -> None:
    double, stripe = account
    double.lost_at = 1
    with suppress(Exception):
        stripe.prepare(BILL)
    double.customer(BILL.email).deleted = True
    assert stripe.prepare(BILL) == double.only.id
    assert not double.only.customer.deleted


def test_the_same_key_stays_the_same_invoice_whatever_becomes_of_it(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.credit_note(double.only, 50)
    assert stripe.prepare(BILL) == invoice
    double.pay(double.only)
    assert stripe.prepare(BILL) == invoice
    moved = replace(BILL, email="new@globex.example")
    assert stripe.prepare(moved) == invoice
    assert len(double.invoices) == 1


def test_what_stripe_puts_on_top_is_refused_and_nothing_is_left(account: Account) -> None:
    double, stripe = account
    double.tax = 7000
    with pytest.raises(BillingRefused) as refused:
        stripe.prepare(BILL)
    assert "8,070.50 USD" in str(refused.value)
    assert "in the place of 8,000.50 USD" in str(refused.value)
    assert double.invoices == {}

    double.tax = 0
    assert stripe.prepare(BILL) == double.only.id


def test_a_balance_of_the_customers_is_refused(account: Account) -> None:
    double, stripe = account
    stripe.prepare(BILL)
    double.customer(BILL.email).balance = -5000
    with pytest.raises(BillingRefused, match=r"of which 7,950\.50 USD are due"):
        stripe.prepare(replace(BILL, key="second", number="INV-8"))
    assert len(double.invoices) == 1


def test_a_balance_that_comes_in_between_takes_the_invoice_back(account: Account) -> None:
    double, stripe = account
    double.lost_at = 5
    with suppress(Exception):
        stripe.prepare(BILL)
    double.only._starting = -5000  # noqa: SLF001 - as if the balance was there when it was finalized
    with pytest.raises(BillingRefused, match="balance of the customer"):
        stripe.prepare(BILL)
    assert double.only.status == "void"


def test_a_number_that_is_taken_is_refused_with_stripes_words(account: Account) -> None:
    double, stripe = account
    stripe.prepare(BILL)
    with pytest.raises(BillingRefused, match="has this number already"):
        stripe.prepare(replace(BILL, key="second"))
    assert len(double.invoices) == 1


def test_a_number_that_is_too_long_is_refused(account: Account) -> None:
    double, stripe = account
    with pytest.raises(BillingRefused, match="26 characters at most"):
        stripe.prepare(replace(BILL, number="INVOICE-" * 4))
    assert double.invoices == {}


def test_lines_of_two_currencies_or_of_nothing_are_refused(account: Account) -> None:
    _double, stripe = account
    mixed = (("Discovery", Money(1, "USD")), ("Workshop", Money(1, "EUR")))
    with pytest.raises(BillingRefused, match="one currency"):
        stripe.prepare(replace(BILL, lines=mixed))
    with pytest.raises(BillingRefused, match="has lines"):
        stripe.prepare(replace(BILL, lines=()))
    nothing = (("Discovery", Money(500, "USD")), ("Discount", Money(-500, "USD")))
    with pytest.raises(BillingRefused, match=r"asks nobody for 0\.00 USD"):
        stripe.prepare(replace(BILL, lines=nothing))


def test_a_currency_that_stripe_counts_otherwise_comes_back_as_it_was(account: Account) -> None:
    double, stripe = account
    kronur = (("Discovery", Money(90_000, "ISK")),)
    invoice = stripe.prepare(replace(BILL, lines=kronur))
    assert double.only.total == 9_000_000
    assert stripe.look(invoice).total == Money(90_000, "ISK")


# ------------------------------------------------------------------------------------- payments


def test_every_payment_is_told(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    first = double.pay(double.only, 500000)
    stripe.credit(invoice, CREDIT)

    seen = stripe.look(invoice)

    assert (seen.state, seen.balance) == (BillState.OPEN, Money(50, "USD"))
    by_client, by_us = seen.received
    assert by_client == Received(id=first.id, amount=Money(500000, "USD"), at=NOON, method="Stripe")
    assert (by_us.amount, by_us.method, by_us.key) == (
        Money(300000, "USD"),
        "Bank transfer",
        "p1",
    )
    assert double.records[double.only.payments[1].record]["processor_details"] == {
        "type": "custom",
        "custom": {"payment_reference": "0815"},
    }
    double.pay(double.only)
    seen = stripe.look(invoice)
    assert (seen.state, seen.balance, seen.page) == (BillState.PAID, Money(0, "USD"), "")


def test_what_is_marked_as_paid_elsewhere_is_a_payment(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.pay(double.only, 50)
    double.mark_paid(double.only)
    elsewhere = next(each for each in stripe.look(invoice).received if ":" in each.id)
    assert elsewhere == Received(
        id=f"{invoice}:elsewhere",
        amount=Money(800000, "USD"),
        at=NOON,
        method="outside of Stripe",
    )


def test_a_credit_note_lowers_the_balance_and_is_no_payment(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.credit_note(double.only, 50)
    seen = stripe.look(invoice)
    assert (seen.total, seen.balance) == (Money(800050, "USD"), Money(800000, "USD"))
    assert seen.received == ()


def test_many_payments_are_all_told(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    for _ in range(205):
        double.pay(double.only, 100)
    assert len(stripe.look(invoice).received) == 205


@pytest.mark.parametrize("keys", ["known", "forgotten"])
@pytest.mark.parametrize("nth", [1, 2])
def test_the_same_credit_is_one_payment(account: Account, nth: int, keys: str) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.lost_at = nth
    with pytest.raises(Exception, match="HTTP 502"):
        stripe.credit(invoice, CREDIT)
    if keys == "forgotten":
        double.forget_keys()

    stripe.credit(invoice, CREDIT)
    stripe.credit(invoice, CREDIT)

    [payment] = stripe.look(invoice).received
    assert (payment.amount, payment.key) == (Money(300000, "USD"), "p1")


def test_two_credits_of_the_same_amount_are_two(account: Account) -> None:
    _double, stripe = account
    invoice = stripe.prepare(BILL)
    stripe.credit(invoice, CREDIT)
    stripe.credit(invoice, replace(CREDIT, key="p2"))
    assert [each.key for each in stripe.look(invoice).received] == ["p1", "p2"]


def test_a_credit_without_a_reference_or_a_method_is_told_all_the_same(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    stripe.credit(invoice, replace(CREDIT, reference="", method=""))
    [payment] = stripe.look(invoice).received
    assert (payment.method, payment.amount) == ("Elsewhere", CREDIT.amount)
    [record] = double.records.values()
    assert record["processor_details"]["custom"] == {"payment_reference": "p1"}


def test_nothing_is_credited_beyond_what_is_due(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.pay(double.only, 700050)
    stripe.credit(invoice, CREDIT)
    assert stripe.look(invoice).balance == Money(0, "USD")
    assert double.only.payments[1].amount == 100000
    stripe.credit(invoice, replace(CREDIT, key="p2"))
    assert len(double.only.payments) == 2


def test_a_credit_in_another_currency_or_of_nothing_is_refused(account: Account) -> None:
    _double, stripe = account
    invoice = stripe.prepare(BILL)
    with pytest.raises(BillingRefused, match="is in USD"):
        stripe.credit(invoice, replace(CREDIT, amount=Money(1, "EUR")))
    with pytest.raises(BillingRefused, match="no payment of"):
        stripe.credit(invoice, replace(CREDIT, amount=Money(-1, "USD")))
    assert stripe.look(invoice).received == ()


# ------------------------------------------------------------------------------------ addresses


def test_an_address_is_changed_and_changed_back(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    for email in ("new@globex.example", BILL.email, "new@globex.example"):
        stripe.readdress(invoice, email)
        assert double.only.customer.made["email"] == email
    stripe.prepare(replace(BILL, key="second", number="INV-8", email="new@globex.example"))
    assert len(double.customers) == 1


def test_a_bill_to_the_old_address_does_not_go_to_the_corrected_one(account: Account) -> None:
    double, stripe = account
    stripe.readdress(stripe.prepare(BILL), "new@globex.example")
    stripe.prepare(replace(BILL, key="second", number="INV-8"))
    assert double.newest.customer.made["email"] == BILL.email
    stripe.prepare(replace(BILL, key="third", number="INV-9"))
    assert len(double.customers) == 2


def test_a_customer_whom_somebody_deleted_has_no_address(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.only.customer.deleted = True
    stripe.readdress(invoice, "new@globex.example")
    assert double.only.customer.made["email"] == BILL.email


# ------------------------------------------------------------------------------ what went back


def test_what_went_back_is_told_each_way_once(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    payment, other = double.pay(double.only, 500000), double.pay(double.only, 300050)
    assert stripe.returned(invoice) == ()
    double.refund(payment, 10000)
    double.refund(other, 5050, "pending")
    failed = double.refund(other, 700)
    assert stripe.returned(invoice) == (back(Way.REFUNDED, 15750),)
    double.fail_refund(failed)
    double.dispute(payment, 100000, due_by=int(NOON.timestamp()) + 40 * 3600)
    disputed = double.dispute(other, 2000, due_by=int(NOON.timestamp()) + 15 * 3600)
    refunded = back(Way.REFUNDED, 15050)
    days = {"until": date(2026, 11, 23)}  # 22:00 in New York, and of both the earlier
    assert stripe.returned(invoice) == (back(Way.DISPUTED, 102000, **days), refunded)
    double.decide_dispute(disputed, "under_review")
    days = {"until": date(2026, 11, 24)}
    assert stripe.returned(invoice) == (back(Way.DISPUTED, 102000, **days), refunded)
    double.decide_dispute(disputed, "lost")
    assert stripe.returned(invoice) == (
        back(Way.DISPUTED, 100000, **days),
        back(Way.LOST, 2000),
        refunded,
    )
    for ended in ("won", "prevented", "warning_closed"):
        double.decide_dispute(disputed, ended)
        assert stripe.returned(invoice) == (back(Way.DISPUTED, 100000, **days), refunded)


def test_a_credit_note_after_payment_is_told_as_far_as_nothing_was_refunded(
    account: Account,
) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    payment = double.pay(double.only)
    double.credit_after_payment(double.only, 20000)
    assert stripe.returned(invoice) == (back(Way.CREDITED, 20000),)
    double.refund(payment, 15000)
    assert stripe.returned(invoice) == (back(Way.CREDITED, 5000), back(Way.REFUNDED, 15000))
    double.refund(payment, 5000)
    assert stripe.returned(invoice) == (back(Way.REFUNDED, 20000),)


def test_of_what_was_credited_by_us_nothing_goes_back_at_stripe(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    stripe.credit(invoice, CREDIT)
    assert stripe.returned(invoice) == ()
    assert not [each for each in double.calls if "refunds" in each]


def test_without_the_permission_nobody_knows_what_went_back(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.refund(double.pay(double.only), 5)
    double.lacking = {"GET /v1/disputes"}
    assert stripe.returned(invoice) is None


def test_for_which_invoice_a_payment_is_is_told(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    stripe.prepare(replace(BILL, key="second", number="INV-8"))
    double.pay(double.newest)
    payment = double.pay(double.invoices[invoice])
    assert stripe.invoice_of(payment.intent) == invoice
    assert stripe.invoice_of("pi_of_a_shop") == ""


def back(way: Way, minor: int, **more: date) -> Returned:
    return Returned(way=way, amount=Money(minor, "USD"), **more)


# ----------------------------------------------------------------------------- send, void, give up


def test_it_is_sent_once_for_each_key(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.lost_at = 1
    with pytest.raises(Exception, match="HTTP 502"):
        stripe.send(invoice, "first")
    stripe.send(invoice, "first")
    assert double.mails == [("payables@globex.example", "INV-7")]
    stripe.send(invoice, "second")
    assert len(double.mails) == 2


def test_a_mail_that_may_be_out_is_not_sent_again(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.broken_at = 1
    for _ in range(2):
        with pytest.raises(Exception, match="HTTP 500"):
            stripe.send(invoice, "first")
    assert double.mails == []


def test_a_mail_that_was_refused_is_sent_when_it_can_be(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    del (client := double.only.customer.made)["email"]
    with pytest.raises(BillingRefused, match="no address"):
        stripe.send(invoice, "first")
    client["email"] = "payables@globex.example"
    stripe.send(invoice, "first")
    assert len(double.mails) == 1


def test_what_is_open_can_be_taken_back_or_given_up(account: Account) -> None:
    _double, stripe = account
    invoice = stripe.prepare(BILL)
    stripe.give_up(invoice)
    assert stripe.look(invoice).state is BillState.UNCOLLECTIBLE
    stripe.give_up(invoice)
    stripe.void(invoice)
    seen = stripe.look(invoice)
    assert (seen.state, seen.page) == (BillState.VOID, "")
    stripe.void(invoice)
    stripe.give_up(invoice)
    assert stripe.look(invoice).state is BillState.VOID


def test_what_is_paid_stays_so(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.pay(double.only)
    stripe.void(invoice)
    stripe.give_up(invoice)
    stripe.credit(invoice, CREDIT)
    assert stripe.look(invoice).state is BillState.PAID
    assert len(double.only.payments) == 1


@pytest.mark.parametrize("what", ["void", "give_up"])
def test_who_pays_in_the_same_moment_was_quicker(account: Account, what: str) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.meanwhile = lambda: double.pay(double.only)
    getattr(stripe, what)(invoice)
    assert stripe.look(invoice).state is BillState.PAID


def test_a_draft_is_deleted(account: Account) -> None:
    double, stripe = account
    double.lost_at = 2
    with suppress(Exception):
        stripe.prepare(BILL)
    draft = double.only.id
    stripe.void(draft)
    assert double.invoices == {}
    stripe.void(draft)


# --------------------------------------------------------------------------------- what happened


def test_what_happened_is_told_with_the_names_that_the_calls_have(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.pay(double.only)
    called = [stripe.heard(*each) for each in double.deliveries()]
    assert {each.about for each in called} == {invoice}
    assert stripe.changed(NOON - timedelta(hours=1)) == called[::-1]
    assert stripe.changed(NOON + timedelta(seconds=1)) == []


def test_more_than_a_page_of_events_is_told(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    for _ in range(150):
        double.pay(double.only, 100)
    told = stripe.changed(NOON)
    assert len(told) == len(set(told)) > 300
    assert {each.about for each in told} == {invoice}
    assert Heard(invoice, double.events[-1]["id"]) in told


# --------------------------------------------------------------------------------------- the PDF


def test_the_pdf_is_stripes_own_and_no_key_goes_along(account: Account) -> None:
    _double, stripe = account
    pdf = stripe.pdf(stripe.prepare(BILL))
    assert pdf.startswith(b"%PDF-")
    assert b"INV-7 for Globex" in pdf


def test_a_draft_has_no_pdf(account: Account) -> None:
    double, stripe = account
    double.lost_at = 2
    with suppress(Exception):
        stripe.prepare(BILL)
    with pytest.raises(BillingRefused, match="no PDF of a draft"):
        stripe.pdf(double.only.id)


def test_what_is_no_pdf_is_none(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.pdf = b"<html>Please log in</html>"
    with pytest.raises(BillingUnavailable, match="in the place of a PDF"):
        stripe.pdf(invoice)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1:9/invoice.pdf",
        "https://stripe.com.harborlight.example/x.pdf",
        "http://pay.stripe.com/x.pdf",
        "file:///etc/passwd",
    ],
)
def test_a_pdf_is_fetched_from_nobody_else(account: Account, address: str) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.lead_to = address
    with pytest.raises(BillingRefused, match="not one of Stripe's"):
        stripe.pdf(invoice)


def test_a_pdf_that_leads_round_and_round_is_given_up(account: Account) -> None:
    double, stripe = account
    invoice = stripe.prepare(BILL)
    double.lead_to = f"/i/{invoice}/pdf"
    with pytest.raises(BillingRefused, match="leads on and on"):
        stripe.pdf(invoice)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Double, Path]]:
    with serving(tmp_path) as both:
        yield both


def test_whose_account_it_is_is_said_and_whether_money_is_real(
    served: tuple[Double, Path],
) -> None:
    double, trusted = served
    stripe = Stripe(access(double, trusted))
    assert (stripe.name, stripe.mails) == ("Stripe", False)
    assert Stripe(access(double, trusted, mails=True)).mails is True
    assert stripe.check() == "Harborlight in test mode"
    stripe.close()
    assert stripe.check() == "Harborlight in test mode"  # whoever asks again is connected again
    stripe.close()
