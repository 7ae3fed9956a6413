"""Instalments, duplicates and what was never invoiced: when a deal is paid, and how it closes."""

import pytest

from bot import decisions
from bot.desk import Gesture
from tests.journeys.deals import (
    attached,
    client_approved,
    fill_in,
    form,
    invoiced,
    is_sound,
    letters,
    offering,
    page_form,
    pay,
    press,
    record_invoice,
    refusal,
    text_of,
    told,
)
from tests.journeys.house import House
from workflows.definition import Given
from workflows.refusals import Refusal


@pytest.mark.prove
async def test_what_was_not_invoiced_keeps_it_open_or_is_closed_with_a_reason(
    small_house: House,
) -> None:
    house, bea = small_house, small_house.person("bea")
    await client_approved(house)
    await record_invoice(house, number="INV-1", amount="5,000")
    await press(house, bea, "Send SOW and invoice to the client")
    await pay(house, "5,000")
    assert house.request("SOW-1").stage == "paid"
    who = Gesture(user=bea.id, team=house.workspace.team_id, surface="button")
    step = house.request("SOW-1").step

    assert not any("Confirm payment" in each.buttons for each in bea.dm_with_bot().messages)
    with pytest.raises(Refusal, match=r"3,000\.00 USD of the Statement of Work have not been"):
        decisions.decide(house.frontdesk.desk, who, "SOW-1", step, "confirm", Given())
    modal = await page_form(house, bea, "SOW-1", "Close with less invoiced")
    await fill_in(house, modal, reason="The second phase was dropped.")

    assert house.request("SOW-1").stage == "closed"
    assert "The second phase was dropped." in told(house, "hugo")
    assert "thank" in text_of(letters(house)[-1]).lower()
    is_sound(house)


async def test_what_is_wholly_invoiced_is_confirmed_and_not_closed_short(
    small_house: House,
) -> None:
    house, bea = small_house, small_house.person("bea")
    await invoiced(house)
    await pay(house, "8,000")

    page = await (await offering(bea, "Details").click("Details")).modal_opened()
    assert "Confirm payment" in page.buttons
    assert "Close with less invoiced" not in page.buttons


@pytest.mark.prove
async def test_the_second_instalment_is_invoiced_after_the_first_is_paid(
    small_house: House,
) -> None:
    house = small_house
    await client_approved(house)
    await record_invoice(house, number="INV-1", amount="4,000")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    await pay(house, "4,000")

    assert house.request("SOW-1").stage == "paid"
    await record_invoice(house, number="INV-2", amount="4,000")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")

    assert house.request("SOW-1").stage == "awaiting_payment"
    assert set(attached(letters(house)[-1])) == {"SOW-1-v1.pdf", "invoice-INV-2.pdf"}
    await pay(house, "4,000", "INV-2")
    assert house.request("SOW-1").stage == "paid"


@pytest.mark.prove
async def test_a_voided_duplicate_does_not_keep_a_paid_request_open(small_house: House) -> None:
    house, bea = small_house, small_house.person("bea")
    await invoiced(house)
    modal = await form(house, bea, "Record invoice")
    await modal.fill(number="INV-1b", amount="8,000", currency="USD")
    assert "8,000.00 USD is more than the 0.00 USD" in await refusal(modal)
    await modal.check("sure", "I have checked this")
    await fill_in(house, modal)
    await pay(house, "8,000")
    assert house.request("SOW-1").stage == "awaiting_payment"

    modal = await page_form(house, bea, "SOW-1", "Void invoice")
    await fill_in(house, modal, invoice="INV-1b", reason="Recorded twice.")

    assert house.request("SOW-1").stage == "paid"


@pytest.mark.prove
async def test_nobody_is_thanked_for_money_that_never_came(small_house: House) -> None:
    house, bea = small_house, small_house.person("bea")
    await invoiced(house)
    modal = await page_form(house, bea, "SOW-1", "Write off")
    await fill_in(house, modal, invoice="INV-1", reason="They are insolvent.")

    await press(house, bea, "Confirm payment")

    assert house.request("SOW-1").stage == "closed"
    assert "received your payment" not in text_of(letters(house)[-1])
