"""Stripe makes the invoices: what is done on either side counts on the other, once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.billing import hearing
from bot.billing.numbers import number_taken
from bot.ports import PartnerInvoice
from modals.fields import TICKED
from sandbox import Card
from tests.integrations.billing.double import Double
from tests.integrations.billing.hooks import signed
from tests.integrations.billing.kept import Payment
from tests.journeys.billing import billed, billing_house, call, deliver, sent_out
from tests.journeys.deals import (
    accepted,
    attached,
    content,
    entries,
    fill_in,
    form,
    is_sound,
    letters,
    offering,
    page_form,
    pay,
    press,
    record,
    record_invoice,
    refusal,
    text_of,
    told,
)
from tests.journeys.house import House
from workflows.invoice import Status
from workflows.money import Money

pytestmark = pytest.mark.prove

Both = tuple[House, Double]
PDF = b"%PDF-1.7 an invoice that Billing made elsewhere"


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with billing_house(tmp_path) as opened:
        yield opened


def card(house: House) -> Card:
    return house.workspace.channel("sow-requests").cards("SOW-1:")[0]


def actions(house: House) -> list[str]:
    return [each.action for each in entries(house)]


async def waiting_for(house: House, amount: str = "8,000") -> None:
    """Bring a request to the wait for one invoice, INV-1."""
    await billed(house, amount)
    await sent_out(house)


async def test_the_invoice_there_says_what_was_agreed_and_billing_has_its_page(both: Both) -> None:
    house, double = both
    invoice = await billed(house)

    theirs = double.only
    assert (theirs.status, theirs.number, theirs.total) == ("open", "INV-1", 800_000)
    assert theirs.customer.made["email"] == "hank@globex.example"
    assert theirs.made["metadata"]["request"] == "SOW-1"
    assert theirs.made["auto_advance"] is False
    assert (invoice.partner, invoice.partner_id) == ("Stripe", theirs.id)
    assert content(house, invoice.sha256) == theirs.pdf()
    assert invoice.page
    details = offering(house.person("bea"), "Details")
    opened = await (await details.click("Details")).modal_opened()
    assert "page at Stripe" in opened.text
    assert invoice.page not in card(house).text  # the channel is not to see amounts
    assert double.mails == []


async def test_without_a_number_stripe_gives_it(both: Both) -> None:
    house, double = both
    invoice = await billed(house, number="")
    assert invoice.number == double.only.number
    assert not invoice.number.startswith("SOW-1")
    await sent_out(house)
    assert invoice.number in text_of(letters(house)[-1])
    double.pay(double.only)
    await deliver(house, double)
    assert house.request("SOW-1").stage == "paid"
    is_sound(house)


async def test_where_stripe_mails_the_document_goes_alone(tmp_path: Path) -> None:
    async with billing_house(tmp_path, FRONTDESK_STRIPE_MAILS="yes") as (house, double):
        await waiting_for(house)
        assert double.mails == [("hank@globex.example", "INV-1")]
        letter = letters(house)[-1]
        assert len(attached(letter)) == 1
        assert "Stripe sends you" in text_of(letter)
        assert "INV-1" in text_of(letter)
        is_sound(house)


AGAIN = "Send invoices again"
PAYER = {"contact_name": "Accounts", "contact_email": "accounts@globex.example"}


@pytest.mark.parametrize("mails", ["yes", None])
async def test_what_did_not_arrive_is_sent_again_by_us_and_to_the_right_address(
    tmp_path: Path, mails: str | None
) -> None:
    chosen = {"FRONTDESK_STRIPE_MAILS": mails} if mails else {}
    async with billing_house(tmp_path, **chosen) as (house, double):
        await waiting_for(house)
        before = list(double.mails)
        modal = await page_form(house, house.person("bea"), "SOW-1", AGAIN)
        assert modal.value("contact_email") == "hank@globex.example"
        await fill_in(house, modal, **PAYER)

        [letter] = letters(house, "accounts@globex.example")
        assert len(attached(letter)) == 2
        assert double.only.pdf() in attached(letter).values()
        assert "Stripe sends you" not in text_of(letter)
        assert double.mails == before
        assert double.only.customer.made["email"] == "accounts@globex.example"
        assert "Invoices go to: Accounts, accounts@globex.example" in card(house).text
        await thanked_there(house, double)
        is_sound(house)


async def thanked_there(house: House, double: Double) -> None:
    """All that follows about money goes to the new address, and nothing to the old one."""
    hank = len(letters(house))
    modal = await page_form(house, house.person("dian"), "SOW-1", "Send a reminder to the client")
    assert "Accounts" in str(modal.value("body"))
    assert (await modal.submit()).closed
    await house.quiet()
    double.pay(double.only)
    await deliver(house, double)
    await press(house, house.person("bea"), "Confirm payment")
    assert len(letters(house, "accounts@globex.example")) == 3
    assert len(letters(house)) == hank


async def test_an_address_that_is_corrected_before_it_is_sent_reaches_stripe(
    tmp_path: Path,
) -> None:
    async with billing_house(tmp_path, FRONTDESK_STRIPE_MAILS="yes") as (house, double):
        await billed(house)
        modal = await page_form(house, house.person("bea"), "SOW-1", "Change the invoice address")
        await fill_in(house, modal, **PAYER)
        assert double.only.customer.made["email"] == "accounts@globex.example"
        assert not letters(house, "accounts@globex.example")
        second = {"number": "INV-2", "amount": "1", "currency": "USD", "sure": [TICKED]}
        await record_invoice(house, **second, net_days="7")
        await sent_out(house)
        assert double.mails == [
            ("accounts@globex.example", "INV-1"),
            ("accounts@globex.example", "INV-2"),
        ]
        assert len(double.customers) == 1
        assert len(letters(house, "accounts@globex.example")) == 1
        is_sound(house)


async def test_an_invoice_with_billings_own_pdf_is_none_of_stripes(both: Both) -> None:
    house, double = both
    await billed(house)
    modal = await page_form(house, house.person("bea"), "SOW-1", "Void invoice")
    await fill_in(house, modal, invoice="INV-1", reason="From the ledger.")
    assert double.only.status == "void"
    modal = await form(house, house.person("bea"), "Record invoice")
    await modal.fill(number="L-7", net_days="7")
    file = await house.person("bea").upload("l-7.pdf", PDF)
    await modal.attach("The invoice as PDF", file)
    assert (await modal.submit()).closed
    await house.quiet()

    await sent_out(house)

    assert PDF in attached(letters(house)[-1]).values()
    assert double.only.status == "void"
    await pay(house, "8,000", "L-7")
    assert house.request("SOW-1").stage == "paid"
    is_sound(house)


async def test_a_number_that_was_used_there_is_refused_in_the_form(both: Both) -> None:
    house, double = both
    await billed(house)
    modal = await page_form(house, house.person("bea"), "SOW-1", "Void invoice")
    await fill_in(house, modal, invoice="INV-1", reason="Wrong amount.")
    modal = await form(house, house.person("bea"), "Record invoice")
    await modal.fill(number="inv-1", net_days="7")
    result = await modal.submit()
    assert result.errors == {
        "Invoice number": (
            "Stripe gives no number twice, and INV-1 was the number of an invoice of SOW-1. "
            "Please take another one, or leave it empty."
        )
    }
    await modal.fill(number="INV-" + "7" * 23)
    assert await refusal(modal) == (
        "Stripe takes numbers of 26 characters at most. Please shorten it."
    )
    await modal.fill(number="INV-1")
    await modal.attach("The invoice as PDF", await house.person("bea").upload("inv-1.pdf", PDF))
    assert (await modal.submit()).closed
    await house.quiet()
    [invoice] = record(house).invoices
    assert (invoice.number, invoice.trouble, bool(invoice.sha256)) == ("INV-1", "", True)
    assert len(double.invoices) == 1
    is_sound(house)


async def test_a_number_that_a_private_request_used_up_names_no_request(both: Both) -> None:
    house, _double = both
    await accepted(house, "8,000", private=[TICKED])
    desk, used, request = house.frontdesk.desk, {"number": "INV-9"}, house.request("SOW-1")
    asked = PartnerInvoice(key="k", ref="SOW-1", number="INV-9", at=house.clock.now())
    with desk.store.unit() as unit:
        unit.partner_invoices.put(asked.called("in_9"))
        [(_field, own)] = number_taken(desk, unit, request, used)
        [(_field, others)] = number_taken(desk, unit, None, used)
    assert "INV-9 was the number of an invoice of SOW-1." in own
    assert "INV-9 was the number of an earlier invoice." in others


async def test_calls_count_once_in_any_order_and_only_where_stripe_signed_them(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.pay(double.only, 300_000)
    double.pay(double.only, 500_000)
    calls = double.deliveries()
    body, headers = calls[-1]
    assert (await call(house, body + b" ", headers)).status_code == 401
    assert (await call(house, body, {})).status_code == 401

    for body, headers in [*reversed(calls), *calls]:
        assert (await call(house, body, headers)).status_code == 200
    await house.quiet()

    assert house.request("SOW-1").stage == "paid"
    assert actions(house).count("payment_heard") == 2
    [invoice] = record(house).invoices
    assert [each.amount for each in invoice.payments] == [
        Money.of(3000, "USD"),
        Money.of(5000, "USD"),
    ]
    assert "Stripe has a payment of 5,000.00 USD" in told(house, "dian")
    is_sound(house)


async def test_what_no_call_told_of_is_found(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.pay(double.only)
    double.deliveries()
    hearing.catch_up(house.frontdesk.desk, house.clock.now())
    await house.quiet()
    assert house.request("SOW-1").stage == "paid"
    hearing.catch_up(house.frontdesk.desk, house.clock.now())
    await house.quiet()
    assert actions(house).count("payment_heard") == 1
    is_sound(house)


async def test_a_call_about_somebody_elses_invoice_changes_nothing(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.pay(double.only)
    [*_, (body, _headers)] = double.deliveries()
    other = body.replace(double.only.id.encode(), b"in_anothers")
    assert (await call(house, other, signed(other))).status_code == 200
    await house.quiet()
    assert house.request("SOW-1").stage == "awaiting_payment"


async def test_what_billing_records_is_taken_off_there_too_and_not_heard_as_more(
    both: Both,
) -> None:
    house, double = both
    await waiting_for(house)
    await pay(house, "3,000", reference="Wire 17")
    await house.quiet()
    assert double.only.remaining == 500_000
    await deliver(house, double)
    [invoice] = record(house).invoices
    assert invoice.balance == Money.of(5000, "USD")

    double.pay(double.only)
    await deliver(house, double)

    assert house.request("SOW-1").stage == "paid"
    [invoice] = record(house).invoices
    assert invoice.status is Status.PAID
    assert "another balance" not in told(house, "bea")
    is_sound(house)


async def test_what_is_voided_there_is_owed_no_more_here(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.mark_void(double.only)
    await deliver(house, double)
    assert record(house).invoices[0].status is Status.VOID
    assert "was voided at Stripe" in told(house, "bea")
    assert "was voided at Stripe" in told(house, "dian")
    await record_further(house, "INV-2")
    assert double.newest.number == "INV-2"
    double.pay(double.newest)
    await deliver(house, double)
    await press(house, house.person("bea"), "Confirm payment")
    assert house.request("SOW-1").stage == "closed"
    assert "INV-1" not in text_of(letters(house)[-1])
    is_sound(house)


async def record_further(house: House, number: str) -> None:
    """Record another invoice, from the request's page, and send it."""
    modal = await page_form(house, house.person("bea"), "SOW-1", "Record invoice")
    await fill_in(house, modal, number=number, net_days="7")
    await sent_out(house)


async def test_what_is_given_up_there_is_written_off_here(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.mark_uncollectible(double.only)
    await deliver(house, double)
    assert record(house).invoices[0].status is Status.WRITTEN_OFF
    assert house.request("SOW-1").stage == "paid"
    assert "uncollectible" in told(house, "bea")

    double.pay(double.only)  # it came after all
    await deliver(house, double)
    assert record(house).invoices[0].status is Status.PAID
    is_sound(house)


async def test_what_is_written_off_or_cancelled_here_is_so_there(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    modal = await page_form(house, house.person("bea"), "SOW-1", "Write off")
    await fill_in(house, modal, invoice="INV-1", reason="They are bankrupt.")
    assert double.only.status == "uncollectible"
    await deliver(house, double)
    assert actions(house).count("write_off") == 1
    assert "write_off_heard" not in actions(house)
    is_sound(house)


async def test_a_request_that_is_cancelled_leaves_nothing_to_be_paid(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    modal = await page_form(house, house.person("dian"), "SOW-1", "Cancel request")
    await fill_in(house, modal, reason="They merged.")
    assert house.request("SOW-1").stage == "cancelled"
    assert double.only.status == "void"
    await deliver(house, double)
    is_sound(house)


async def test_another_balance_there_is_told_to_billing_once(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.credit_note(double.only, 100_000)
    await deliver(house, double)
    assert told(house, "bea").count("has another balance for invoice INV-1") == 1
    assert not hearing.is_settled_there(house.frontdesk.desk, "SOW-1", "INV-1")
    await house.quiet()
    assert actions(house).count("balance_differs") == 1
    is_sound(house)


async def test_what_is_refunded_there_is_told_and_stands_on_the_card(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    payment = double.pay(double.only)
    await deliver(house, double)
    refund = double.refund(payment, 50_000)
    calls = double.deliveries()
    for body, headers in (*calls, *calls):
        assert (await call(house, body, headers)).status_code == 200
    await house.quiet()

    said = told(house, "bea")
    assert said.count("Stripe says of invoice INV-1") == 1
    assert "500.00 USD were refunded." in said
    assert "please take the payment back and record what is left of it" in said
    assert "500.00 USD refunded at Stripe" in said
    assert "500.00 USD refunded at Stripe" in card(house).text
    assert actions(house).count("money_returned") == 1
    await taken_back(house, "7,500")
    assert double.only.remaining == 0
    assert actions(house).count("balance_differs") == 1  # between the two, and not at their end

    double.fail_refund(refund)
    await deliver(house, double)
    assert "nothing is refunded or disputed any more" in told(house, "bea")
    assert "refunded at Stripe" not in card(house).text
    assert actions(house).count("balance_differs") == 2
    is_sound(house)


async def taken_back(house: House, left: str) -> None:
    """Let Billing take the payment back, and record what is left of it."""
    modal = await page_form(house, house.person("bea"), "SOW-1", "Take a payment back")
    await fill_in(house, modal, payment="INV-1#1", reason="They got a part of it back.")
    await pay(house, left, reference="What is left")
    await house.quiet()
    assert house.request("SOW-1").stage == "awaiting_payment"


async def test_a_dispute_is_told_with_its_day_and_how_it_ended(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    payment = double.pay(double.only)
    await deliver(house, double)
    await press(house, house.person("bea"), "Confirm payment")
    day = int(house.clock.now().timestamp()) + 9 * 86_400
    dispute = double.dispute(payment, 800_000, due_by=day)
    calls = double.deliveries()
    double.decide_dispute(dispute, "lost")
    for body, headers in (*double.deliveries(), *calls):  # in the wrong order
        assert (await call(house, body, headers)).status_code == 200
    await house.quiet()

    said = told(house, "bea")
    assert "8,000.00 USD were lost in a dispute." in said
    assert "is over, and nothing follows from it here. Please see to it in your books." in said
    assert "were disputed" not in said
    assert house.request("SOW-1").stage == "closed"
    double.decide_dispute(dispute, "appeal_needs_response")
    double.deliveries()
    hearing.catch_up(house.frontdesk.desk, house.clock.now())
    await house.quiet()
    assert "Please answer the dispute at Stripe by Wed 2 Dec 2026" in told(house, "bea")
    is_sound(house)


async def test_money_that_goes_back_elsewhere_in_the_account_is_none_of_ours(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.refund(Payment("inpay_shop", double.only.id, 5, 1, intent="pi_shop"), 5)
    await deliver(house, double)
    double.lacking = {"GET /v1/refunds"}
    double.refund(double.pay(double.only), 5)
    await deliver(house, double)
    assert house.request("SOW-1").stage == "paid"
    assert "money_returned" not in actions(house)
    is_sound(house)


async def test_what_stripe_makes_of_the_amount_is_refused_and_billing_told(both: Both) -> None:
    house, double = both
    double.tax = 5_000
    invoice = await billed(house)
    assert "Stripe makes it" in invoice.trouble
    assert "Stripe makes it" in told(house, "bea")
    assert not double.invoices or double.newest.status == "void"
    double.tax = 0
    modal = await page_form(house, house.person("bea"), "SOW-1", "Void invoice")
    await fill_in(house, modal, invoice="INV-1", reason="Tax was set there.")
    await record_invoice(house, number="INV-2", net_days="7")
    await sent_out(house)
    assert house.request("SOW-1").stage == "awaiting_payment"
    is_sound(house)


async def test_money_that_comes_while_it_is_on_hold_counts_when_it_goes_on(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    modal = await page_form(house, house.person("ana"), "SOW-1", "Put on hold")
    await fill_in(house, modal, reason="Their year-end freeze.")
    double.pay(double.only)
    await deliver(house, double)
    assert house.request("SOW-1").stage == "on_hold"
    await press(house, house.person("ana"), "Go on")
    assert house.request("SOW-1").stage == "paid"
    is_sound(house)


async def test_what_billing_saw_there_and_recorded_by_hand_counts_once(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.pay(double.only, 500_000)
    calls = double.deliveries()  # they come late
    await pay(house, "5,000")
    await house.quiet()
    assert double.only.remaining == 300_000  # nothing was made up
    for body, headers in calls:
        assert (await call(house, body, headers)).status_code == 200
    await house.quiet()

    [invoice] = record(house).invoices
    assert invoice.balance == Money.of(3000, "USD")
    assert told(house, "bea").count("they count once") == 1
    double.pay(double.only)
    await deliver(house, double)
    assert house.request("SOW-1").stage == "paid"
    assert record(house).invoices[0].status is Status.PAID
    is_sound(house)


async def test_two_payments_of_the_same_amount_count_twice_when_billing_says_so(both: Both) -> None:
    house, double = both
    await waiting_for(house)
    double.pay(double.only, 400_000)
    await pay(house, "4,000")
    await house.quiet()
    modal = await page_form(house, house.person("bea"), "SOW-1", "Take a payment back")
    await fill_in(house, modal, payment="INV-1#1", reason="There were two.")
    await pay(house, "4,000", reference="Wire 18")
    await house.quiet()

    assert double.only.remaining == 0
    assert record(house).invoices[0].status is Status.PAID
    assert house.request("SOW-1").stage == "paid"
    is_sound(house)
