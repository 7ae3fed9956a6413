"""What the client wants to know is answered, until the close, and nobody forgets it."""

import asyncio
from datetime import date

from tests.journeys.deals import (
    MONDAY,
    Client,
    fill_in,
    form,
    go_to,
    invoiced,
    is_sound,
    letters,
    pay,
    press,
    record,
    record_invoice,
    shown,
    text_of,
    told,
    with_client,
)
from tests.journeys.house import House

WAITS = "has been waiting for an answer"


async def asked_and_answered(house: House, client: Client, asked: str, said: str) -> None:
    answer = await client.answer("ask", text=asked)
    assert answer.status_code == 303, answer.text
    await house.quiet()
    dian = house.person("dian")
    assert asked in told(house, "dian")
    before = len(letters(house))
    await fill_in(house, await form(house, dian, "Answer the client"), reason=said)
    [letter] = letters(house)[before:]
    assert "Your question" in str(letter["subject"])
    assert asked in text_of(letter)
    assert said in text_of(letter)
    page = shown(await client.look())
    assert asked in page
    assert said in page


async def test_a_question_is_answered_at_every_stage_until_the_close(small_house: House) -> None:
    house = small_house
    client = await with_client(house)
    await asked_and_answered(house, client, "Who owns the model?", "You do.")
    await client.approve()
    await house.quiet()
    await asked_and_answered(house, client, "Whom shall we pay?", "First Example Bank.")
    await record_invoice(house, number="INV-1")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    await asked_and_answered(house, client, "In two parts?", "Yes, please.")
    await pay(house, "8,000")
    assert house.request("SOW-1").stage == "paid"
    await asked_and_answered(house, client, "Did it arrive?", "It did.")

    await press(house, house.person("bea"), "Confirm payment")
    late = await client.late_answer("ask", text="One more thing?")

    assert late.status_code == 409
    assert [each.answer for each in record(house).questions][-1] == "It did."
    assert len(record(house).questions) == 4
    is_sound(house)


async def test_who_leaves_a_question_open_is_reminded_until_it_is_answered(
    small_house: House,
) -> None:
    house, dian = small_house, small_house.person("dian")
    client = await with_client(house)
    await client.answer("ask", text="Is travel included?")
    await house.quiet()

    await house.set_clock(MONDAY.replace(day=24, minute=1))
    await house.quiet()

    [waiting] = dian.dm_with_bot().cards(WAITS)
    assert "Is travel included?" in waiting.text
    modal = await (await waiting.click("Answer the client")).modal_opened()
    await fill_in(house, modal, reason="It is.")
    await go_to(house, date(2026, 12, 4))
    assert len(dian.dm_with_bot().cards(WAITS)) == 1


async def test_an_approved_document_stays_open_to_questions_beyond_the_links_days(
    small_house: House,
) -> None:
    house = small_house
    client = await invoiced(house, net_days="60")
    await go_to(house, date(2027, 1, 4))

    page = shown(await client.look())

    assert "Approved" in page
    assert (await client.answer("ask", text="Where is your invoice?")).status_code == 303


async def test_two_questions_in_one_breath_are_both_reminded_of(small_house: House) -> None:
    house, dian = small_house, small_house.person("dian")
    client = await with_client(house)
    await asyncio.to_thread(house.frontdesk.worker.stop)
    await client.answer("ask", text="Is travel included?")
    await client.answer("ask", text="Who is on site?")
    await house.restart()
    await house.quiet()

    await house.set_clock(MONDAY.replace(day=24, minute=1))
    await house.quiet()

    said = "\n".join(each.text for each in dian.dm_with_bot().cards(WAITS))
    assert "Who is on site?" in said
    assert "Is travel included?" in said
