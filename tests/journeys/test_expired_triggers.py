"""Slack does not open a form, as its trigger has expired: there is a sentence, and a way to it."""

from collections.abc import Awaitable, Callable

import pytest

from sandbox import Card
from tests.journeys.house import House, ask_for_sow, fill_sow

SENTENCE = "Slack took too long to open this. Nothing is lost: please try again."


async def by_dm(house: House, handle: str) -> Card:
    return await house.person(handle).dm_with_bot().wait_for(SENTENCE)


async def command(house: House) -> Card:
    return await (await house.person("ana").command("/sow", channel="sales")).replied()


async def shortcut(house: House) -> Card:
    await house.person("ana").global_shortcut("ask_sow")
    return await by_dm(house, "ana")


async def home(house: House) -> Card:
    page = await house.person("ana").open_home()
    await page.wait_for_text("New Statement of Work")
    house.workspace.faults.expire_triggers()
    await page.click("New Statement of Work")
    return await by_dm(house, "ana")


@pytest.mark.parametrize("gesture", [command, shortcut, home])
async def test_a_new_form_opens_by_the_button(
    small_house: House, gesture: Callable[[House], Awaitable[Card]]
) -> None:
    if gesture is not home:
        small_house.workspace.faults.expire_triggers()
    told = await gesture(small_house)

    assert SENTENCE in told.text
    modal = await (await told.click("Open it")).modal_opened()
    await fill_sow(modal)
    assert (await modal.submit()).closed
    assert small_house.refs("ana") == ["SOW-1"]


async def test_the_text_of_a_message_is_kept(small_house: House) -> None:
    ana = small_house.person("ana")
    message = await ana.say("sales", "Globex needs a pilot before their budget round.")
    small_house.workspace.faults.expire_triggers()

    told = await (await ana.message_shortcut("from_message_sow", message)).replied()

    assert SENTENCE in told.text
    modal = await (await told.click("Open it")).modal_opened()
    assert any("Globex needs a pilot" in each for each in modal.fields.values())


async def test_a_decision_that_needs_a_reason(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    card = await small_house.person("dian").dm_with_bot().wait_for("SOW-1: ")
    small_house.workspace.faults.expire_triggers()

    told = await (await card.click("Reject")).replied()

    assert SENTENCE in told.text
    modal = await (await told.click("Open it")).modal_opened()
    await modal.fill(reason="They have no budget.")
    assert (await modal.submit()).closed
    assert small_house.audited("SOW-1") == ["submit", "reject"]


async def test_nothing_is_said_twice_when_even_the_way_expires(small_house: House) -> None:
    ana = small_house.person("ana")
    small_house.workspace.faults.expire_triggers(2)
    await ana.global_shortcut("ask_sow")

    again = await (await (await by_dm(small_house, "ana")).click("Open it")).replied()

    await (await again.click("Open it")).modal_opened()
    await small_house.quiet()
    assert len(ana.dm_with_bot().cards(SENTENCE)) == 1
