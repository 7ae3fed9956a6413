"""The bot is stopped in the middle of a deal: nothing is lost, and nothing happens twice."""

import asyncio

from tests.journeys.deals import (
    Client,
    accepted,
    client_approved,
    form,
    is_sound,
    letters,
    offering,
    press,
    ready,
    record,
    record_invoice,
    thread,
)
from tests.journeys.house import House


async def asleep(house: House) -> None:
    """Let the bot take gestures and do nothing about them yet, as if it were about to be killed."""
    await house.quiet()
    await asyncio.to_thread(house.frontdesk.worker.stop)


async def test_a_version_written_before_a_restart_is_rendered_after_it(house: House) -> None:
    await accepted(house, "8,000")
    modal = await form(house, house.person("dian"), "Draft")
    await asleep(house)
    assert (await modal.submit()).closed
    assert record(house).versions[0].sha256 == ""

    await house.restart()
    await house.quiet()

    assert house.request("SOW-1").stage == "ready"
    assert record(house).versions[0].sha256
    shared = [each for each in thread(house) if "SOW-1-v1-draft.pdf" in each.files]
    assert len(shared) == 1
    assert house.audited("SOW-1").count("rendered") == 1
    is_sound(house)


async def test_a_version_sent_before_a_restart_is_mailed_once_after_it(
    small_house: House,
) -> None:
    house = small_house
    await ready(house)
    modal = await form(house, house.person("dian"), "Send to client")
    await asleep(house)
    assert (await modal.submit()).closed
    assert letters(house) == []

    await house.restart()
    await house.quiet()
    await house.restart()
    await house.quiet()

    [invitation] = letters(house)
    assert str(thread(house)[-1].text).count("to the client") == 1
    await Client.of(house, invitation).approve()
    await house.quiet()
    assert house.request("SOW-1").stage == "invoicing"
    is_sound(house)


async def test_an_approval_and_an_invoice_survive_a_restart(small_house: House) -> None:
    house = small_house
    client = await client_approved(house)
    await record_invoice(house, number="INV-1")
    card = offering(house.person("bea"), "Record invoice")
    await asleep(house)
    await card.click("Send SOW and invoice to the client")
    before = len(letters(house))
    assert (await client.answer("ask", text="When do we begin?")).status_code == 303

    await house.restart()
    await house.quiet()

    sent = letters(house)[before:]
    assert [str(each["subject"]).split(" ")[0] for each in sent] == ["Invoice"]
    assert house.request("SOW-1").stage == "awaiting_payment"
    assert "When do we begin?" in offering(house.person("dian"), "Answer the client").text
    await press(house, house.person("dian"), "Details")
    is_sound(house)
