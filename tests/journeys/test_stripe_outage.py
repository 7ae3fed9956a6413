"""Stripe is away for an hour: it is said since when, nothing is lost, and nothing done twice."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.billing import hearing
from sandbox import Card
from tests.integrations.billing.double import Double
from tests.integrations.mail.servers import Postman
from tests.journeys import test_deal_mail
from tests.journeys.billing import back, billing_house, call, deliver, down, sent_out
from tests.journeys.deals import (
    attached,
    client_approved,
    content,
    entries,
    form,
    go_to,
    is_sound,
    letters,
    offering,
    page_form,
    press,
    record,
    text_of,
    told,
)
from tests.journeys.house import House
from tests.journeys.test_deal_mail import open_mail, waiting_for_money
from workflows.invoice import Kind, Status

pytestmark = pytest.mark.prove

Both = tuple[House, Double]
WAITING = "Waiting for Stripe since"
SEND = "Send SOW and invoice to the client"
PDF = b"%PDF-1.7 an invoice that Billing made elsewhere"


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with billing_house(tmp_path) as opened:
        yield opened


def card(house: House) -> Card:
    return house.workspace.channel("sow-requests").cards("SOW-1:")[0]


def waiting(house: House) -> str:
    """The card's line about Stripe, or "" where it has none."""
    return next((each for each in card(house).text.splitlines() if WAITING in each), "")


def nudged(house: House) -> list[Card]:
    """What Dian was sent to follow up an invoice."""
    return house.person("dian").dm_with_bot().cards("What shall happen next?")


def actions(house: House) -> list[str]:
    return [each.action for each in entries(house)]


async def recorded(house: House, number: str = "INV-1") -> None:
    """Let Billing record an invoice while Stripe may be down."""
    modal = await form(house, house.person("bea"), "Record invoice")
    await modal.fill(number=number, net_days="7")
    assert (await modal.submit()).closed


async def test_while_it_is_down_the_card_says_so_and_nothing_is_lost_or_done_twice(
    both: Both,
) -> None:
    house, double = both
    await client_approved(house)
    double.trouble = down()
    await recorded(house)
    await house.until(lambda: waiting(house), "it is said")
    said = waiting(house)
    assert f"{WAITING} Nov 23, 2026 at 10:0" in said  # as New York, where she works, has it
    assert "record it again with a PDF of yours" in said

    tried = len(double.calls)
    await house.move_clock(timedelta(hours=1))
    await house.until(lambda: len(double.calls) > tried, "it is tried again")
    assert waiting(house) == said
    assert double.invoices == {}

    double.lost_at = 2  # the draft is made, and the answer is lost
    await back(house, double, lambda: record(house).invoices[0].sha256, "it is made")
    await house.quiet()
    assert not waiting(house)
    assert len(double.invoices) == len(double.customers) == 1
    assert len(double.only.items) == 1
    await sent_out(house)
    await paid_while_it_is_down(house, double)
    await press(house, house.person("bea"), "Confirm payment")
    assert house.request("SOW-1").stage == "closed"
    assert actions(house).count("payment_heard") == 2
    is_sound(house)


async def paid_while_it_is_down(house: House, double: Double) -> None:
    """The calls come in, and what they are about is asked for later."""
    double.pay(double.only, 300_000)
    double.trouble = down()
    for body, headers in double.deliveries():
        assert (await call(house, body, headers)).status_code == 200
    await house.move_clock(timedelta(hours=1))
    assert house.request("SOW-1").stage == "awaiting_payment"
    await back(house, double, lambda: "payment_heard" in actions(house), "it is heard")
    double.pay(double.only)
    await deliver(house, double)


async def test_billing_can_go_on_without_it_and_what_was_begun_there_is_voided(
    both: Both,
) -> None:
    house, double = both
    await client_approved(house)
    double.lost_at = 4  # it is made final, and the answer is lost
    await recorded(house)
    await back(house, double, lambda: is_final(double), "it was made, and nobody heard of that")
    bea = house.person("bea")
    opened = await (await offering(bea, "Details").click("Details")).modal_opened()
    modal = await (await opened.click("Void invoice")).modal_opened()
    await modal.fill(invoice="INV-1", reason="They need it today.")
    assert (await modal.submit()).closed
    modal = await (await offering(bea, "Record invoice").click("Record invoice")).modal_opened()
    await modal.fill(number="L-7", net_days="7")
    await modal.attach("The invoice as PDF", await bea.upload("l-7.pdf", PDF))
    assert (await modal.submit()).closed
    await house.until(lambda: record(house).invoices[0].sha256, "it is filed")
    await house.until(lambda: offers(house, SEND), "it can go out")
    await offering(bea, SEND).click(SEND)
    await house.until(lambda: PDF in attached(letters(house)[-1]).values(), "it went out")

    await back(house, double, lambda: not waiting(house), "it is over")

    assert double.only.status == "void"
    assert [each.number for each in record(house).invoices] == ["L-7"]
    is_sound(house)


async def cancelled(house: House) -> None:
    """Let Dian cancel the request, whatever waits."""
    details = offering(house.person("dian"), "Details")
    opened = await (await details.click("Details")).modal_opened()
    modal = await (await opened.click("Cancel request")).modal_opened()
    await modal.fill(reason="They merged.")
    assert (await modal.submit()).closed


def names(house: House) -> list[str]:
    """By which names Stripe's invoices for the request are known."""
    with house.frontdesk.database.unit() as unit:
        return [each.invoice for each in unit.partner_invoices.of("SOW-1") if each.invoice]


async def test_what_is_cancelled_before_it_is_made_is_never_made(both: Both) -> None:
    house, double = both
    await client_approved(house)
    double.trouble = down()
    await recorded(house)
    await house.until(lambda: waiting(house), "it waits")
    await cancelled(house)

    await back(house, double, lambda: not house.backlog.due, "nothing waits any more")

    assert double.invoices == {}
    assert house.request("SOW-1").stage == "cancelled"
    is_sound(house)


async def test_what_is_cancelled_before_it_is_filed_is_voided_and_waited_for_no_more(
    both: Both,
) -> None:
    house, double = both
    await client_approved(house)
    double.lacking.add("GET /v1/invoice_payments")  # it is made, and how it stands is not told
    await recorded(house)
    await house.until(lambda: names(house), "it is made")
    await cancelled(house)
    double.lacking.clear()

    await back(house, double, lambda: double.only.status == "void", "it is voided")
    await deliver(house, double)

    assert "invoice_kept" not in actions(house)
    is_sound(house)


async def test_stripe_mails_nothing_to_an_address_that_is_still_to_be_corrected(
    tmp_path: Path,
) -> None:
    async with billing_house(tmp_path, FRONTDESK_STRIPE_MAILS="yes") as (house, double):
        await client_approved(house)
        await recorded(house)
        await house.quiet()
        modal = await page_form(house, house.person("bea"), "SOW-1", "Change the invoice address")
        await modal.fill(contact_name="Accounts", contact_email="accounts@globex.example")
        double.lacking.add("POST /v1/customers")
        assert (await modal.submit()).closed
        await house.until(lambda: waiting(house), "it waits")
        await offering(house.person("bea"), SEND).click(SEND)
        await house.until(lambda: letters(house, "accounts@globex.example"), "the document is out")
        double.lacking.clear()
        assert double.mails == []

        await back(house, double, lambda: double.mails, "it is mailed")

        assert double.mails == [("accounts@globex.example", "INV-1")]
        is_sound(house)


def is_final(double: Double) -> bool:
    """Whether the invoice there is final; nothing is answered from then on."""
    final = any(each.status == "open" for each in double.invoices.values())
    double.trouble = down() if final else None
    return final


def offers(house: House, button: str) -> bool:
    return any(button in each.buttons for each in house.person("bea").dm_with_bot().messages)


async def test_the_balance_is_asked_for_before_anybody_is_reminded(both: Both) -> None:
    house, double = both
    await client_approved(house)
    await recorded(house)
    await house.quiet()
    await sent_out(house)
    double.pay(double.only)
    double.deliveries()  # no call arrives
    nudges = len(nudged(house))

    await go_to(house, date(2026, 11, 30))

    assert house.request("SOW-1").stage == "paid"
    [invoice] = record(house).invoices
    assert invoice.status is Status.PAID
    assert not [each for each in invoice.follow_ups if each.kind is Kind.NUDGE]
    assert len(nudged(house)) == nudges
    is_sound(house)


async def test_nobody_is_reminded_of_what_is_not_owed_there_any_more(both: Both) -> None:
    house, double = both
    await client_approved(house)
    await recorded(house)
    await house.quiet()
    await sent_out(house)
    mails, nudges = len(letters(house)), len(nudged(house))
    modal = await page_form(house, house.person("dian"), "SOW-1", "Send a reminder to the client")
    double.credit_note(double.only, 800_000)
    assert (await modal.submit()).closed
    await house.quiet()
    await go_to(house, date(2026, 11, 30))

    assert house.request("SOW-1").stage == "awaiting_payment"
    assert len(letters(house)) == mails
    assert len(nudged(house)) == nudges
    assert "has another balance for invoice INV-1" in told(house, "bea")
    is_sound(house)


async def test_a_reminder_waits_for_stripe_and_does_not_leave_when_it_was_paid(both: Both) -> None:
    house, double = both
    await client_approved(house)
    await recorded(house)
    await house.quiet()
    await sent_out(house)
    mails = len(letters(house))
    modal = await page_form(house, house.person("dian"), "SOW-1", "Send a reminder to the client")
    double.trouble = down()
    assert (await modal.submit()).closed
    await house.until(lambda: waiting(house), "it is said")
    assert len(letters(house)) == mails
    double.pay(double.only)

    await back(house, double, lambda: house.request("SOW-1").stage == "paid", "it is heard")
    await house.quiet()

    assert len(letters(house)) == mails
    assert not waiting(house)
    assert [each.action for each in entries(house)].count("reminder_kept_back") == 1
    is_sound(house)


async def test_a_reminder_that_says_another_balance_does_not_leave(both: Both) -> None:
    house, double = both
    await client_approved(house)
    await recorded(house)
    await house.quiet()
    await sent_out(house)
    mails = len(letters(house))
    modal = await page_form(house, house.person("dian"), "SOW-1", "Send a reminder to the client")
    double.pay(double.only, 700_000)
    double.deliveries()
    assert (await modal.submit()).closed
    await house.quiet()

    assert len(letters(house)) == mails
    assert "1,000.00 USD open" in told(house, "dian")
    assert [each.action for each in entries(house)].count("reminder_kept_back") == 1
    dian = house.person("dian")
    page = await (await offering(dian, "Details").click("Details")).modal_opened()
    assert "A reminder about invoice INV-1" in page.text
    is_sound(house)


async def test_nothing_is_lost_when_the_bot_restarts_meanwhile(both: Both) -> None:
    house, double = both
    await client_approved(house)
    double.trouble = down()
    await recorded(house)
    await house.until(lambda: waiting(house), "it is said")
    await house.restart()
    await back(house, double, lambda: record(house).invoices[0].sha256, "it is made")
    await house.quiet()
    [invoice] = record(house).invoices
    assert content(house, invoice.sha256) == double.only.pdf()
    assert not waiting(house)
    await sent_out(house)
    assert "INV-1" in text_of(letters(house)[-1])
    double.pay(double.only)
    hearing.catch_up(house.frontdesk.desk, house.clock.now())
    await house.quiet()
    assert house.request("SOW-1").stage == "paid"
    is_sound(house)


async def test_the_card_says_who_is_waited_for_also_when_that_becomes_another(
    tmp_path: Path,
) -> None:
    mail = f"smtp+plain://127.0.0.1:{test_deal_mail.free_port()}"
    sender = "frontdesk@harborlight.example"
    environ = {"FRONTDESK_SMTP_URL": mail, "FRONTDESK_MAIL_FROM": sender}
    async with billing_house(tmp_path, **environ) as (house, double):
        postman = Postman()
        with open_mail(house, postman):
            await waiting_for_money(house, postman)
        double.trouble = down()
        asked = await form(house, house.person("dian"), "Send a reminder to the client")
        assert (await asked.submit()).closed
        await house.until(lambda: waiting(house), "Stripe is waited for")

        for_mail = test_deal_mail.WAITING
        await back(house, double, lambda: for_mail in card(house).text, "mail is waited for")
        assert not waiting(house)

        with open_mail(house, postman):
            await back(house, double, lambda: for_mail not in card(house).text, "it has left")
            await house.quiet()
        assert WAITING not in card(house).text
