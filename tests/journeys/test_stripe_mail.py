"""Mails about invoices wait for the mail server: what is not owed by then is not asked for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integrations.billing.double import Double
from tests.integrations.billing.kept import Invoice
from tests.integrations.mail.servers import Postman
from tests.journeys.billing import billing_house, call
from tests.journeys.deals import (
    Client,
    attached,
    fill_in,
    form,
    offering,
    press,
    ready,
    record,
    record_invoice,
    sent,
    text_of,
)
from tests.journeys.house import House
from tests.journeys.test_deal_mail import WAITING, card, free_port, letters, open_mail
from workflows.invoice import Status

pytestmark = pytest.mark.prove

Both = tuple[House, Double]
PDF = b"%PDF-1.7 what Billing made of both"
SEND = "Send SOW and invoice to the client"


@pytest.fixture(params=["", "yes"], ids=["we mail", "Stripe mails"])
async def both(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Both]:
    mail = {
        "FRONTDESK_SMTP_URL": f"smtp+plain://127.0.0.1:{free_port()}",
        "FRONTDESK_MAIL_FROM": "frontdesk@harborlight.example",
        "FRONTDESK_STRIPE_MAILS": request.param,
    }
    async with billing_house(tmp_path, **mail) as opened:
        yield opened


async def two_invoices(house: House, postman: Postman) -> None:
    """Bring a request to two invoices that are made and not sent, INV-1 and INV-2."""
    await ready(house)
    await sent(house)
    await Client.of(house, letters(postman)[0]).approve()
    await house.quiet()
    for number in ("INV-1", "INV-2"):
        await record_invoice(house, number=number, amount="4,000", net_days="7")
    await house.quiet()


async def sent_into_an_outage(house: House) -> None:
    """Have Billing send the invoices while no mail leaves."""
    await offering(house.person("bea"), SEND).click(SEND)
    await house.until(lambda: WAITING in card(house).text, "the mail waits")


async def heard(both: Both, invoice: Invoice, status: Status) -> None:
    """Let Stripe call about an invoice while no mail leaves, until that is on record."""
    house, double = both
    for body, headers in double.deliveries():
        assert (await call(house, body, headers)).status_code == 200

    def is_known() -> bool:
        [found] = [each for each in record(house).invoices if each.partner_id == invoice.id]
        return found.status is status

    await house.until(is_known, f"it is {status}")


async def test_what_was_voided_before_the_mail_left_is_not_asked_for(both: Both) -> None:
    house, double = both
    postman = Postman()
    with open_mail(house, postman):
        await two_invoices(house, postman)
    before = len(letters(postman))
    await sent_into_an_outage(house)
    first, _second = double.invoices.values()
    double.mark_void(first)
    await heard(both, first, Status.VOID)

    with open_mail(house, postman):
        await house.quiet()

    [letter] = letters(postman)[before:]
    said = f"{letter['subject']}{text_of(letter)}{[*attached(letter)]}"
    assert "INV-2" in said
    assert "INV-1" not in said


async def test_nothing_leaves_where_all_of_it_was_voided(both: Both) -> None:
    house, double = both
    postman = Postman()
    with open_mail(house, postman):
        await two_invoices(house, postman)
    before = len(letters(postman))
    await sent_into_an_outage(house)
    for each in double.invoices.values():
        double.mark_void(each)
        await heard(both, each, Status.VOID)

    with open_mail(house, postman):
        await house.quiet()

    assert len(letters(postman)) == before


async def test_what_was_paid_before_it_was_sent_again_is_not_asked_for_twice(both: Both) -> None:
    house, double = both
    postman = Postman()
    with open_mail(house, postman):
        await two_invoices(house, postman)
        await press(house, house.person("bea"), SEND)
    before = len(letters(postman))
    opened = await (await offering(house.person("bea"), "Details").click("Details")).modal_opened()
    modal = await (await opened.click("Send invoices again")).modal_opened()
    assert (await modal.submit()).closed
    await house.until(lambda: WAITING in card(house).text, "the mail waits")
    first, _second = double.invoices.values()
    double.pay(first)
    await heard(both, first, Status.PAID)

    with open_mail(house, postman):
        await house.quiet()

    [letter] = letters(postman)[before:]
    assert set(attached(letter)) == {"SOW-1-v1.pdf", "invoice-INV-2.pdf"}


async def test_a_pdf_of_two_invoices_goes_out_as_long_as_one_of_them_is_owed(both: Both) -> None:
    house, _double = both
    postman, bea = Postman(), house.person("bea")
    with open_mail(house, postman):
        await ready(house)
        await sent(house)
        await Client.of(house, letters(postman)[0]).approve()
        for number in ("INV-1", "INV-2"):
            modal = await form(house, bea, "Record invoice")
            await modal.attach("The invoice as PDF", await bea.upload("both.pdf", PDF))
            await fill_in(house, modal, number=number, amount="4,000", net_days="7")
    before = len(letters(postman))
    await sent_into_an_outage(house)
    opened = await (await offering(bea, "Details").click("Details")).modal_opened()
    modal = await (await opened.click("Write off")).modal_opened()
    await modal.fill(invoice="INV-1", reason="A gift.")
    assert (await modal.submit()).closed
    await house.until(lambda: record(house).invoices[0].written_off, "it is written off")

    with open_mail(house, postman):
        await house.quiet()

    [letter] = letters(postman)[before:]
    assert PDF in attached(letter).values()
    assert "INV-1" not in text_of(letter)
