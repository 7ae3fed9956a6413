"""Numbers that cannot be meant: every one is asked about, none is guessed."""

from datetime import date

import pytest

from sandbox import Modal
from tests.journeys.deals import (
    accepted,
    attached,
    client_approved,
    fill_in,
    form,
    invoiced,
    is_sound,
    letters,
    offering,
    pay,
    press,
    record,
    refusal,
    thread,
    told,
)
from tests.journeys.house import House
from workflows.invoice import Status
from workflows.money import Money

NOT_MEANT = {
    "1.234": "“1.234” can mean",
    "8.000,500": "Please write the amount in figures",
    "€ 500": "You wrote €, but the currency chosen is USD.",
    "a lot": "Please write the amount in figures",
    "-5": "The amount must be more than zero.",
    "0": "The amount must be more than zero.",
}


async def test_missing_parts_are_listed_by_name_before_anything_is_rendered(
    small_house: House,
) -> None:
    house = small_house
    await accepted(house, "8,000", scope=None, deliverables=None, payment_terms=None)
    modal = await form(house, house.person("dian"), "Draft")
    assert "Still missing: Scope, Deliverables, Payment terms." in modal.text

    said = await refusal(modal)

    missing = "Before it can be rendered, these are missing: Scope, Deliverables, Payment terms."
    assert missing in said
    assert house.request("SOW-1").stage == "drafting"
    assert record(house).versions == ()
    await modal.fill(scope="Two weeks.")
    assert "are missing: Deliverables, Payment terms." in await refusal(modal)
    assert thread(house)[-1].files == []


async def test_a_price_that_cannot_be_meant_is_asked_about(small_house: House) -> None:
    house = small_house
    await accepted(house, "8,000")
    modal = await form(house, house.person("dian"), "Draft")
    await modal.click("open:prices")
    await modal.click("Add a price line")
    await modal.fill(**{"What is paid for?": "Travel"})

    for text, sentence in NOT_MEANT.items():
        await modal.fill(**{"Price each": text})
        assert sentence in await refusal(modal)

    await modal.fill(**{"Price each": "1.234,50"})
    await modal.submit()
    await modal.close()
    await modal.wait_for_text("Total: 9,234.50 USD.")
    assert (await modal.submit()).closed
    await house.quiet()
    assert record(house).versions[0].total == Money(923_450, "USD")


async def test_an_invoice_that_cannot_be_meant_is_not_recorded(small_house: House) -> None:
    house = small_house
    await client_approved(house)
    modal = await form(house, house.person("bea"), "Record invoice")
    assert modal.value("amount") == "8000"
    await modal.fill(number="INV-1")
    for text, sentence in NOT_MEANT.items():
        await modal.fill(amount=text)
        assert sentence in await refusal(modal)
    await modal.fill(amount="4.000,00", currency="EUR")
    assert "The Statement of Work is in USD. Nothing is converted here" in await refusal(modal)
    await modal.fill(currency="USD", issued="2026-11-23", due="2026-11-22")
    assert "The due date lies before the invoice date." in await refusal(modal)
    await modal.fill(due=None, net_days="-1")
    assert "Please write a whole number from 0 to 365." in await refusal(modal)
    assert record(house).invoices == ()

    await fill_in(house, modal, net_days="0")
    again = await form(house, house.person("bea"), "Record invoice")
    await again.fill(number=" inv-1 ")
    assert "There is an invoice" in await refusal(again)

    [invoice] = record(house).invoices
    assert (invoice.amount, invoice.due) == (Money(400_000, "USD"), date(2026, 11, 23))
    assert again.value("amount") == "4000"
    is_sound(house)


async def test_an_invoice_above_what_is_left_is_asked_about_and_taken_with_a_tick(
    small_house: House,
) -> None:
    house = small_house
    await client_approved(house)
    await fill_in(
        house, await form(house, house.person("bea"), "Record invoice"), number="A", amount="5,000"
    )
    modal = await form(house, house.person("bea"), "Record invoice")
    assert modal.value("amount") == "3000"

    await modal.fill(number="B", amount="3,000.01")
    said = await refusal(modal)

    assert "3,000.01 USD is more than the 3,000.00 USD of the Statement of Work" in said
    assert [each.number for each in record(house).invoices] == ["A"]
    await modal.check("sure", "I have checked this")
    await fill_in(house, modal)
    assert record(house).invoices[1].amount == Money(300_001, "USD")
    is_sound(house)


async def test_a_payment_that_looks_wrong_is_asked_about_and_taken_with_a_tick(
    small_house: House,
) -> None:
    house = small_house
    await invoiced(house)
    bea = house.person("bea")
    modal = await form(house, bea, "Record payment")
    await modal.fill(method="bank transfer", reference="TRX-1")
    for text, sentence in NOT_MEANT.items():
        await modal.fill(amount=text)
        assert sentence in await refusal(modal)
    await modal.fill(amount="3,000", currency="EUR")
    assert "INV-1 is in USD. Money in EUR is not converted here" in await refusal(modal)
    await modal.fill(currency="USD", on="2026-11-24")
    assert "This date is in the future." in await refusal(modal)
    await modal.fill(amount="9,000", on="2026-11-23")
    assert "9,000.00 USD is more than the balance of 8,000.00 USD." in await refusal(modal)
    assert record(house).invoices[0].payments == ()
    await fill_in(house, modal, amount="3,000")
    assert record(house).invoices[0].status is Status.PART_PAID
    assert "part-paid (5,000.00 USD open)" in offering(bea, "Record payment").text

    modal = await form(house, bea, "Record payment")
    await modal.fill(amount="6,000", method="card", reference="trx-1 ")
    said = await refusal(modal)
    assert "6,000.00 USD is more than the balance of 5,000.00 USD." in said
    assert "A payment with the reference “trx-1” is on record already." in said
    await modal.check("sure", "I have checked this")
    await fill_in(house, modal)

    assert record(house).invoices[0].status is Status.OVERPAID
    assert house.request("SOW-1").stage == "paid"
    assert "overpaid by 1,000.00 USD" in offering(bea, "Confirm payment").text
    assert "overpaid by 1,000.00 USD" in told(house, "ana")
    is_sound(house)


async def test_a_payment_is_taken_back_and_the_rest_is_given_up(small_house: House) -> None:
    house, bea = small_house, small_house.person("bea")
    await invoiced(house)
    await pay(house, "8,000", reference="TRX-1")
    assert house.request("SOW-1").stage == "paid"

    modal = await page_button(house, "Take a payment back")
    await fill_in(house, modal, payment=modal.options("payment")[0], reason="It bounced.")
    [invoice] = record(house).invoices
    assert house.request("SOW-1").stage == "awaiting_payment"
    assert invoice.status is Status.UNPAID
    assert [each.amount.minor for each in invoice.payments] == [800_000, -800_000]
    assert "unpaid" in offering(bea, "Record payment").text
    assert "took back a payment" in thread(house)[-1].text

    await pay(house, "2,000", reference="TRX-1")
    modal = await page_button(house, "Write off")
    await fill_in(house, modal, invoice="INV-1", reason="They are insolvent.")
    assert record(house).invoices[0].status is Status.WRITTEN_OFF
    assert house.request("SOW-1").stage == "paid"
    assert "6,000.00 USD not received" in told(house, "hugo")
    assert "They are insolvent." in told(house, "hugo")
    assert "written off (6,000.00 USD not received)" in offering(bea, "Confirm payment").text
    is_sound(house)


async def page_button(house: House, button: str) -> Modal:
    """Press a button of the request's page that stands on no card."""
    bea = house.person("bea")
    await house.quiet()
    page = await (await offering(bea, "Details").click("Details")).modal_opened()
    return await (await page.click(button)).modal_opened()


@pytest.mark.prove
async def test_a_text_file_is_no_invoice_and_a_pdf_goes_out_as_it_is(small_house: House) -> None:
    house, bea = small_house, small_house.person("bea")
    await client_approved(house)
    modal = await form(house, bea, "Record invoice")
    await modal.attach("The invoice as PDF", await bea.upload("invoice.txt", b"Pay us, please."))
    await fill_in(house, modal, number="INV-1")

    assert "INV-1: The file attached as the invoice is not a PDF." in told(house, "bea")
    assert not any("Send SOW" in b for b in offering(bea, "Record invoice").buttons)
    modal = await page_button(house, "Void invoice")
    await fill_in(house, modal, invoice="INV-1", reason="The wrong file.")
    assert record(house).invoices == ()

    modal = await form(house, bea, "Record invoice")
    await modal.attach("The invoice as PDF", await bea.upload("ours.pdf", b"%PDF-1.7 ours"))
    await fill_in(house, modal, number="INV-1")
    await press(house, bea, "Send SOW and invoice to the client")
    assert attached(letters(house)[-1])["invoice-INV-1.pdf"] == b"%PDF-1.7 ours"
    assert "voided" in "".join(each.text for each in thread(house))
    is_sound(house)
