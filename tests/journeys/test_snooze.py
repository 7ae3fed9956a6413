"""Who is reminded can put it off: until a time of their own, not for ever, and never the ladder."""

from datetime import timedelta
from pathlib import Path

import pytest

from messages import rows
from messages.markup import Marked
from sandbox import Card
from tests.journeys.house import House, ask_for_sow, decide
from tests.journeys.reaching import at, heard, quiet_house, said

REMINDER, CARD = "is still waiting", "SOW-1: "
MINUTE = timedelta(minutes=1)
MENU = "…"
HOURS, AFTERNOON = "Remind me in 2 hours", "Remind me this afternoon"
TOMORROW, MONDAY = "Remind me tomorrow morning", "Remind me next Monday"


async def reminded(house: House) -> Card:
    """A request of Monday morning, of which Dian is reminded on Tuesday morning."""
    await house.set_clock(at(23, 10))
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    await house.set_clock(at(24, 10, 1))
    [reminder] = await heard(house, "dian", REMINDER)
    return reminder


async def put_off(house: House, reminder: Card, choice: str) -> str:
    """Choose from the menu of a reminder; return what stands there then, or what is answered."""
    result = await reminder.choose(MENU, choice)
    await house.quiet()
    seen = reminder.as_seen_now().text
    return seen if "reminded again" in seen else (await result.replied()).text


async def test_a_reminder_is_put_off_and_says_until_when(small_house: House) -> None:
    reminder = await reminded(small_house)

    seen = await put_off(small_house, reminder, HOURS)

    assert "SOW-1 (Globex, 8,000.00 USD): you are reminded again" in seen
    assert "The head of sales is told" in seen
    assert "is still waiting" not in seen
    assert await said(small_house, "dian", at(24, 12, 1) - MINUTE, REMINDER) == 0
    assert await said(small_house, "dian", at(24, 12, 2), REMINDER) == 1
    assert small_house.audited("SOW-1")[-1] == "remind_later"
    page = (await small_house.person("ana").command("/sow", "status 1", channel="sales")).reply
    assert page is not None
    assert "@Dian Porter put off being reminded of SOW-1." in page.text


async def test_the_reminders_meanwhile_do_not_come(small_house: House) -> None:
    await small_house.set_clock(at(23, 10))
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    card = small_house.person("dian").dm_with_bot().cards(CARD)[-1]

    # From the card, before any reminder: that of Tuesday morning does not come.
    await card.choose(MENU, TOMORROW)
    [answer] = await heard(small_house, "dian", "you are reminded again")
    assert "Accept" in card.as_seen_now().buttons
    assert answer.ts != card.ts
    assert await said(small_house, "dian", at(24, 9), REMINDER) == 1
    assert await said(small_house, "dian", at(24, 10, 1), REMINDER) == 2


async def test_it_never_goes_beyond_the_escalation(small_house: House) -> None:
    reminder = await reminded(small_house)
    escalates = "has been waiting too long"

    answer = await put_off(small_house, reminder, MONDAY)

    assert "The head of sales is told on" in answer
    assert "please choose an earlier time" in answer
    assert REMINDER in reminder.as_seen_now().text
    await put_off(small_house, reminder, HOURS)
    assert await said(small_house, "hugo", at(30, 12), escalates) == 1


async def test_it_can_be_put_off_three_times_and_no_more(tmp_path: Path) -> None:
    async with quiet_house(tmp_path, "most_snoozes = 1") as house:
        reminder = await reminded(house)
        await put_off(house, reminder, HOURS)
        await house.set_clock(at(24, 12, 5))
        again = (await heard(house, "dian", REMINDER))[-1]
        answer = await put_off(house, again, AFTERNOON)
        assert "put off often enough" in answer
        assert house.audited("SOW-1").count("remind_later") == 1


async def test_a_time_that_is_over_is_not_taken(small_house: House) -> None:
    await reminded(small_house)
    await small_house.set_clock(at(24, 15))
    [reminder] = await heard(small_house, "dian", REMINDER)
    assert "over for today" in await put_off(small_house, reminder, AFTERNOON)


async def test_nobody_is_reminded_of_what_was_decided_meanwhile(small_house: House) -> None:
    reminder = await reminded(small_house)
    await put_off(small_house, reminder, HOURS)
    card = small_house.person("dian").dm_with_bot().cards(CARD)[-1]
    await decide(card, "Accept")
    assert await said(small_house, "dian", at(24, 16), REMINDER) == 0


@pytest.mark.parametrize(
    ("handle", "refusal"),
    [("ana", "does not wait for you any more"), ("greta", "There is no request with this number")],
)
async def test_only_who_is_waited_for_puts_it_off(
    small_house: House, handle: str, refusal: str
) -> None:
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    place = small_house.workspace.channel("sow-requests", viewer=handle)
    menu = rows.row(rows.later("SOW-1", small_house.request("SOW-1").step))
    small_house.frontdesk.desk.slack.post(place.id, rows.message(Marked("Later?"), menu), "planted")
    planted = await place.wait_for("Later?")

    result = await planted.choose(MENU, HOURS)

    assert refusal in (await result.replied()).text
    assert "remind_later" not in small_house.audited("SOW-1")
