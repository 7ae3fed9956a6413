"""What every way to be paid promises: by Billing's own invoices, and through each partner."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.billing import AtStripe, ByBank, Payer, billed, billing_house, sent_out
from tests.journeys.deals import (
    attached,
    content,
    entries,
    fill_in,
    form,
    is_sound,
    letters,
    page_form,
    press,
    record,
    text_of,
    told,
)
from tests.journeys.house import House, open_house
from workflows.invoice import Status
from workflows.money import Money


@dataclass
class Paying:
    """A house and how its client pays."""

    house: House
    payer: Payer


@pytest.fixture(params=["bank", "stripe"])
async def paying(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Paying]:
    if request.param == "bank":
        async with open_house(tmp_path) as house:
            yield Paying(house, ByBank(house))
        return
    async with billing_house(tmp_path) as (house, double):
        yield Paying(house, AtStripe(house, double))


async def test_an_invoice_is_prepared_goes_out_with_the_document_and_is_paid_in_parts(
    paying: Paying,
) -> None:
    house, payer = paying.house, paying.payer
    invoice = await billed(house)
    assert content(house, invoice.sha256).startswith(b"%PDF-")
    assert "invoice INV-1" in told(house, "bea")
    await sent_out(house)
    letter = letters(house)[-1]
    assert content(house, invoice.sha256) in attached(letter).values()
    assert len(attached(letter)) == 2
    assert "8,000.00 USD" in text_of(letter)

    await payer.pay("3,000")
    assert house.request("SOW-1").stage == "awaiting_payment"
    [part] = record(house).invoices
    assert (part.status, part.balance) == (Status.PART_PAID, Money.of(5000, "USD"))
    assert "5,000.00 USD open" in told(house, "dian")

    await payer.pay("5,000")
    assert house.request("SOW-1").stage == "paid"
    await press(house, house.person("bea"), "Confirm payment")
    assert house.request("SOW-1").stage == "closed"
    assert "8,000.00 USD" in text_of(letters(house)[-1])
    is_sound(house)


async def test_an_invoice_without_a_number_gets_one(paying: Paying) -> None:
    invoice = await billed(paying.house, number="")
    assert invoice.number
    assert invoice.sha256
    await sent_out(paying.house)
    assert invoice.number in text_of(letters(paying.house)[-1])
    is_sound(paying.house)


async def test_an_invoice_that_was_wrong_is_voided_and_written_anew(paying: Paying) -> None:
    house, payer = paying.house, paying.payer
    await billed(house, amount="8,000")
    modal = await page_form(house, house.person("bea"), "SOW-1", "Void invoice")
    await fill_in(house, modal, invoice="INV-1", reason="Another address.")
    await fill_in(house, await form(house, house.person("bea"), "Record invoice"), number="INV-2")
    await sent_out(house)
    assert [each.number for each in record(house).invoices] == ["INV-2"]
    await payer.pay("8,000")
    assert house.request("SOW-1").stage == "paid"
    is_sound(house)


async def test_what_is_written_off_is_awaited_no_more(paying: Paying) -> None:
    house, payer = paying.house, paying.payer
    await billed(house)
    await sent_out(house)
    await payer.pay("3,000")
    modal = await page_form(house, house.person("bea"), "SOW-1", "Write off")
    await fill_in(house, modal, invoice="INV-1", reason="They are bankrupt.")
    assert house.request("SOW-1").stage == "paid"
    assert record(house).invoices[0].status is Status.WRITTEN_OFF
    assert "write_off" in [each.action for each in entries(house)]
    is_sound(house)


async def test_too_much_money_is_said_and_kept(paying: Paying) -> None:
    """Stripe takes no more than is due, so there Billing records what the bank got beside."""
    house = paying.house
    await billed(house)
    await sent_out(house)
    await paying.payer.pay("8,000")
    modal = await page_form(house, house.person("bea"), "SOW-1", "Record payment")
    more = {
        "invoice": "INV-1",
        "amount": "10",
        "currency": "USD",
        "method": "bank transfer",
        "sure": "yes",
    }
    await fill_in(house, modal, **more)
    [invoice] = record(house).invoices
    assert invoice.status is Status.OVERPAID
    assert house.request("SOW-1").stage == "paid"
    is_sound(house)
