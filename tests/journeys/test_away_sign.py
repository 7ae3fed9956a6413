"""Somebody seems to be away: whoever asked is offered to hand on what waits for them.

Monday, 23 November 2026, 10:00 in New York is 07:00 in Los Angeles, where Ryan is.
"""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.roles import look_after_waiting
from sandbox import Card
from tests.journeys.assets import approve_draft, hand_in, pdf, under_way
from tests.journeys.house import House, ask_for_sow, decide
from tests.journeys.test_absence import away, newest, said
from tests.journeys.test_time import MINUTE, MONDAY

ONE_IN_LOS_ANGELES = datetime(2026, 11, 23, 21, tzinfo=UTC)
"""After four working hours of Ryan's."""


async def on_vacation(house: House) -> None:
    """Have Ryan say so in his status, and Ana ask for what he decides."""
    await house.set_clock(MONDAY)
    until = MONDAY + timedelta(days=10)
    await house.person("ryan").set_status("Vacation", ":palm_tree:", until=until)
    await house.until(lambda: status(house) == "Vacation", "Ryan's status is known")
    await ask_for_sow(house.person("ana"), "250,000")
    await house.quiet()


def status(house: House, handle: str = "ryan") -> str:
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(house.person(handle).id)
    return "" if person is None else person.status


async def offer(house: House, handle: str = "ana") -> Card:
    await house.set_clock(ONE_IN_LOS_ANGELES + MINUTE)
    await asyncio.to_thread(look_after_waiting, house.frontdesk.desk)
    return await house.person(handle).dm_with_bot().wait_for("seems to be away")


async def test_whoever_asked_has_it_handed_to_somebody_else(small_house: House) -> None:
    house = small_house
    await on_vacation(house)
    await house.set_clock(ONE_IN_LOS_ANGELES - timedelta(minutes=5))
    await asyncio.to_thread(look_after_waiting, house.frontdesk.desk)
    await house.quiet()
    assert "seems to be away" not in said(house, "ana")

    card = await offer(house)

    assert "Vacation, until Thu 3 Dec 2026" in card.text
    await card.click("Hand it to Hugo Brandt")
    assert "Approve" in (await newest(house, "hugo")).buttons
    assert "was handed to @Hugo Brandt for @Ryan" in said(house, "ryan")
    with house.frontdesk.database.unit() as unit:
        entry = unit.requests.timeline("SOW-1")[-1]
    ryan, hugo, ana = (house.person(each).id for each in ("ryan", "hugo", "ana"))
    told = (entry.action, entry.detail["given to"], entry.detail["instead of"])
    assert told == ("hand_on", hugo, ryan)
    assert entry.detail["asked by"] == ana
    again = await card.click("Hand it to Hugo Brandt")
    assert (await again.replied()).text
    await decide(await newest(house, "hugo"), "Approve")
    assert house.request("SOW-1").stage == "acceptance"


async def test_whom_they_named_comes_first(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    assert await away(house, "ryan", deputy="greta") == {}
    await on_vacation(house)

    card = await offer(house)

    assert [each for each in card.buttons if "Hand" in each] == ["Hand it to Greta Vance"]


async def test_who_is_back_by_then_keeps_what_waits(small_house: House) -> None:
    house = small_house
    await on_vacation(house)
    card = await offer(house)
    await house.person("ryan").set_status("", "")
    await house.until(lambda: status(house) == "", "Ryan is back")

    refused = await (await card.click("Hand it to Hugo Brandt")).replied()

    assert "not offered any more" in refused.text
    assert house.request("SOW-1").assigned == {}


async def test_who_has_a_deputy_is_not_asked_about(small_house: House) -> None:
    house = small_house
    await on_vacation(house)
    await away(house, "ryan", deputy="hugo", first_day="2026-11-23", last_day="2026-12-03")
    await house.set_clock(ONE_IN_LOS_ANGELES + MINUTE)
    await asyncio.to_thread(look_after_waiting, house.frontdesk.desk)
    await house.quiet()
    assert "seems to be away" not in said(house, "ana")


async def test_the_lane_of_an_absent_deputy_is_handed_on_and_no_other(small_house: House) -> None:
    house = small_house
    await under_way(house)
    await hand_in(house, "mia", await house.person("mia").upload("initech.pdf", pdf("A case")))
    days = {"first_day": "2026-11-23", "last_day": "2026-12-03"}
    assert await away(house, "hana", deputy="hugo", **days) == {}
    for handle in ("priya", "greta"):
        await approve_draft(house, handle)
    await house.person("hugo").set_status("Sick", ":face_with_thermometer:")
    await house.until(lambda: status(house, "hugo") == "Sick", "Hugo's status is known")
    await house.move_clock(timedelta(days=1))
    await asyncio.to_thread(look_after_waiting, house.frontdesk.desk)

    card = await house.person("ben").dm_with_bot().wait_for("seems to be away")
    await card.click(next(each for each in card.buttons if each.startswith("Hand it to")))
    await house.quiet()

    assert list(house.request("AST-1").assigned) == ["marketing"]
