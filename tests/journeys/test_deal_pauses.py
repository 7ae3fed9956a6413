"""On hold and back, and cancelled: anywhere before the first payment, nowhere after it."""

import asyncio
from datetime import date

import pytest

from bot import decisions
from bot.desk import Gesture
from sandbox import Card
from tests.journeys.deals import (
    Client,
    accepted,
    client_approved,
    fill_in,
    form,
    go_to,
    invoiced,
    is_sound,
    letters,
    offering,
    page_form,
    pay,
    record,
    shown,
    thread,
    told,
    with_client,
)
from tests.journeys.house import House
from workflows.definition import Given
from workflows.refusals import Refusal

WAITS = "What shall happen next?"


async def hold(house: House, handle: str, why: str) -> None:
    """Put the request on hold from its page."""
    modal = await page_form(house, house.person(handle), "SOW-1", "Put on hold")
    await fill_in(house, modal, reason=why)
    assert house.request("SOW-1").stage == "on_hold"
    assert why in thread(house)[-1].text


async def resumed(house: House, handle: str, stage: str) -> None:
    """Take the request off hold, from its page."""
    await house.quiet()
    page = await (await offering(house.person(handle), "Details").click("Details")).modal_opened()
    await page.click("Go on")
    await house.quiet()
    await page.close()
    assert house.request("SOW-1").stage == stage


async def test_drafting_rests_and_goes_on(small_house: House) -> None:
    house = small_house
    await accepted(house, "8,000")
    await hold(house, "ana", "Their budget is open.")
    dian = house.person("dian")
    assert not [each for each in dian.dm_with_bot().messages if "Draft" in each.buttons]
    before = len(dian.dm_with_bot().messages)
    await go_to(house, date(2026, 12, 3))
    assert len(dian.dm_with_bot().messages) == before

    await resumed(house, "ana", "drafting")

    assert "took SOW-1" in thread(house)[-1].text
    assert (await form(house, dian, "Draft")).is_open


@pytest.mark.prove
async def test_the_client_is_not_asked_while_it_rests(small_house: House) -> None:
    house = small_house
    client = await with_client(house)
    await hold(house, "dian", "We check a clause.")
    page = shown(await client.look())
    assert "on hold" in page
    assert "Dian Porter" in page
    for secret in ("8,000", "Globex", "clause", record(house).versions[0].sha256):
        assert secret not in page
    late = await client.late_answer("approve", name="Hank", title="CEO", consent="yes")
    assert late.status_code == 409
    await go_to(house, date(2026, 12, 4))
    assert len(letters(house)) == 1

    await resumed(house, "dian", "with_client")

    assert "This waits for your answer." in shown(await client.look())
    [again] = letters(house)[1:]
    assert "Read and answer" in str(again)
    assert Client.of(house, again).token == client.token
    await go_to(house, date(2026, 12, 14))
    [reminder] = letters(house)[2:]
    assert str(reminder["subject"]).startswith("Reminder")
    await Client.of(house, reminder).approve()
    await house.quiet()
    assert house.request("SOW-1").stage == "invoicing"
    is_sound(house)


@pytest.mark.prove
async def test_nobody_is_nudged_while_it_rests(small_house: House) -> None:
    house, dian = small_house, small_house.person("dian")
    await invoiced(house)
    await hold(house, "dian", "They move house.")
    await go_to(house, date(2026, 12, 4))
    assert dian.dm_with_bot().cards(WAITS) == []

    await resumed(house, "dian", "awaiting_payment")
    await go_to(house, date(2026, 12, 9))

    assert len(dian.dm_with_bot().cards(WAITS)) == 1
    is_sound(house)


@pytest.mark.prove
async def test_a_cancelled_deal_ends_for_everybody(small_house: House) -> None:
    house = small_house
    client = await invoiced(house)
    modal = await page_form(house, house.person("dian"), "SOW-1", "Cancel request")
    await fill_in(house, modal, reason="They are bankrupt.")

    assert house.request("SOW-1").stage == "cancelled"
    assert "They are bankrupt." in told(house, "ana")
    page = shown(await client.look())
    assert "This was withdrawn" in page
    assert "bankrupt" not in page
    await go_to(house, date(2027, 1, 15))
    assert house.person("dian").dm_with_bot().cards(WAITS) == []
    assert not [b for b in offering(house.person("bea"), "Details").buttons if b != "Details"]
    is_sound(house)


@pytest.mark.prove
async def test_once_money_has_come_it_neither_rests_nor_ends(small_house: House) -> None:
    house, dian = small_house, small_house.person("dian")
    await invoiced(house)
    await pay(house, "1,000")
    page = await (await offering(dian, "Details").click("Details")).modal_opened()
    assert not {"Put on hold", "Cancel request"} & set(page.buttons)
    who = Gesture(user=dian.id, team=house.workspace.team_id, surface="button")

    for name in ("hold", "cancel"):
        step = house.request("SOW-1").step
        with pytest.raises(Refusal, match="Money has been received"):
            decisions.decide(house.frontdesk.desk, who, "SOW-1", step, name, Given(reason="Why?"))
    await pay(house, "7,000")
    for name in ("hold", "cancel"):
        step = house.request("SOW-1").step
        with pytest.raises(Refusal):
            decisions.decide(house.frontdesk.desk, who, "SOW-1", step, name, Given(reason="Why?"))
    assert house.request("SOW-1").stage == "paid"


async def test_a_certificate_made_during_a_pause_is_on_record(small_house: House) -> None:
    house, dian = small_house, small_house.person("dian")
    client = await with_client(house)
    await asyncio.to_thread(house.frontdesk.worker.stop)
    await client.approve()
    step = house.request("SOW-1").step
    who = Gesture(user=dian.id, team=house.workspace.team_id, surface="button")
    decisions.decide(house.frontdesk.desk, who, "SOW-1", step, "hold", Given(reason="A moment."))
    await house.restart()
    await house.quiet()

    await resumed(house, "dian", "invoicing")

    signature = record(house).signature
    assert signature is not None
    assert signature.certificate_sha256


async def test_invoicing_rests_and_goes_on(small_house: House) -> None:
    house = small_house
    await client_approved(house)
    await hold(house, "dian", "Billing is closed.")
    assert not any("Record invoice" in each.buttons for each in dms(house, "bea"))

    await resumed(house, "dian", "invoicing")

    assert any("Record invoice" in each.buttons for each in dms(house, "bea"))


def dms(house: House, handle: str) -> list[Card]:
    return house.person(handle).dm_with_bot().messages
