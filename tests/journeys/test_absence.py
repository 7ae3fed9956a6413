"""Somebody is away: their deputy gets what waits for them, decides it, and gives it back.

Monday, 23 November 2026, 10:00 in New York is 07:00 in Los Angeles, where Ryan is.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sandbox import Card
from tests.journeys.deals import go_to, invoiced
from tests.journeys.house import House, ask_for_sow, decide
from tests.journeys.test_home import home_of, waiting

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
TUESDAY_IN_LOS_ANGELES = datetime(2026, 11, 24, 8, tzinfo=UTC)
FRIDAY_IN_LOS_ANGELES = datetime(2026, 11, 27, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def away(house: House, handle: str, **answers: Any) -> dict[str, str]:
    """Hand in the form for absences; return what is wrong with it."""
    command = await house.person(handle).command("/requests", "away", channel="sales")
    modal = await command.modal_opened()
    await modal.fill(**answers)
    result = await modal.submit()
    assert result.closed or result.errors
    return dict(result.errors)


async def newest(house: House, handle: str) -> Card:
    await house.quiet()
    return house.person(handle).dm_with_bot().cards("SOW-1: ")[-1]


def said(house: House, handle: str) -> str:
    """Everything that the bot has said to somebody."""
    return "\n".join(card.text for card in house.person(handle).dm_with_bot().cards(""))


async def test_what_waits_moves_to_the_deputy_and_comes_back(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    ryans, hugos = await home_of(house, "ryan"), await home_of(house, "hugo")
    await ask_for_sow(house.person("ana"), "250,000")
    await ryans.wait_for_text("SOW-1")
    days = {"first_day": "2026-11-24", "last_day": "2026-11-26"}
    assert await away(house, "ryan", deputy="hugo", note="Lisbon", **days) == {}
    await house.set_clock(TUESDAY_IN_LOS_ANGELES - MINUTE)
    await house.quiet()
    assert not house.person("hugo").dm_with_bot().cards("SOW-1: ")

    await house.set_clock(TUESDAY_IN_LOS_ANGELES + MINUTE)

    card = await newest(house, "hugo")
    assert {"Approve", "Reject"} <= set(card.buttons)
    assert "(executive)" in card.text
    assert "for @Ryan" in card.text
    ryans_card = await newest(house, "ryan")
    assert "stands in for you until Thu 26 Nov 2026" in ryans_card.text
    assert "Approve" in ryans_card.buttons
    assert "Now with @Hugo" in said(house, "ryan")
    await hugos.wait_for_text("SOW-1")
    assert "SOW-1" in waiting(hugos)
    await ryans.wait_for_text("Nothing waits for you")

    await house.set_clock(FRIDAY_IN_LOS_ANGELES + MINUTE)

    assert "Approve" not in (await newest(house, "hugo")).buttons
    assert "Back with you: SOW-1" in said(house, "ryan")
    assert "Approve" in (await newest(house, "ryan")).buttons
    await ryans.wait_for_text("SOW-1")
    await hugos.wait_for_text("Nothing waits for you")


async def test_everybody_concerned_is_told_beforehand(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    days = {"first_day": "2026-11-24", "last_day": "2026-11-26"}
    await away(house, "ryan", deputy="hugo", note="Lisbon", **days)
    await house.quiet()
    assert "stands in for you from Tue 24 Nov 2026 until Thu 26 Nov 2026" in said(house, "ryan")
    assert "You stand in for @Ryan" in said(house, "hugo")
    assert "Lisbon" in said(house, "hugo")


async def test_b_decides_for_a_and_a_is_told(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await away(house, "ryan", deputy="hugo", first_day="2026-11-23", last_day="2026-12-03")
    await ask_for_sow(house.person("ana"), "250,000")
    await decide(await newest(house, "hugo"), "Approve")
    await house.quiet()

    ryan, hugo = house.person("ryan").id, house.person("hugo").id
    with house.frontdesk.database.unit() as unit:
        entry = unit.requests.timeline("SOW-1")[-1]
    assert (entry.actor, entry.action, entry.behalf) == (hugo, "approve", (ryan,))
    [vote] = house.request("SOW-1").votes
    assert (vote.user, vote.behalf) == (hugo, (ryan,))
    told = "@Hugo Brandt for @Ryan"
    assert told in said(house, "ryan")
    assert told in said(house, "ana")
    listed = await (await house.person("adam").command("/sow", "status 1")).replied()
    assert told in listed.text
    assert house.frontdesk.database.verify_audit() == []


async def test_reminders_go_to_whoever_stands_in(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await ask_for_sow(house.person("ana"), "250,000")
    await house.quiet()
    await away(house, "ryan", deputy="hugo", first_day="2026-11-23", last_day="2026-12-03")
    await house.quiet()
    await house.set_clock(MONDAY + timedelta(days=2))
    await house.quiet()
    assert house.person("hugo").dm_with_bot().cards("is still waiting")
    assert not house.person("ryan").dm_with_bot().cards("is still waiting")


async def test_it_is_ended_by_hand_and_what_waits_comes_back_at_once(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await ask_for_sow(house.person("ana"), "250,000")
    await away(house, "ryan", deputy="hugo", first_day="2026-11-23", last_day="2026-12-03")
    assert "Approve" in (await newest(house, "hugo")).buttons

    answer = await (await house.person("ryan").command("/requests", "away off")).replied()

    assert "not stand in for you any more" in answer.text
    assert "Approve" not in (await newest(house, "hugo")).buttons
    assert "You do not stand in for @Ryan" in said(house, "hugo")
    again = await (await house.person("ryan").command("/requests", "away off")).replied()
    assert "Nobody stands in for you" in again.text
    with house.frontdesk.database.unit() as unit:
        acts = [(entry.action, entry.detail.get("deputy")) for entry in unit.requests.timeline("")]
    hugo = house.person("hugo").id
    assert acts[-2:] == [("stand_in", hugo), ("stand_in_ended", hugo)]
    assert house.frontdesk.database.verify_audit() == []


async def test_a_manager_says_it_for_somebody_else_and_whoever_stands_in_ends_it(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    days = {"first_day": "2026-11-23", "last_day": "2026-12-03"}
    assert await away(house, "greta", person="ryan", deputy="hugo", **days) == {}
    await house.quiet()
    assert "@Greta" in said(house, "ryan")
    card = house.person("hugo").dm_with_bot().cards("You stand in for")[-1]
    await card.click("End it")
    await house.quiet()
    assert "does not stand in for you any more" in said(house, "ryan")
    assert "ended already" in (await (await card.click("End it")).replied()).text


async def test_whatever_makes_no_sense_is_said_at_its_field(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    days = {"first_day": "2026-11-23", "last_day": "2026-12-03"}
    assert "themselves" in (await away(house, "ryan", deputy="ryan", **days)).popitem()[1]
    assert "members" in (await away(house, "ryan", deputy="gus", **days)).popitem()[1]
    past = await away(house, "ryan", deputy="hugo", first_day="2026-11-20", last_day="2026-12-03")
    assert "in the past" in past["First day"]
    back = await away(house, "ryan", deputy="hugo", first_day="2026-12-03", last_day="2026-12-01")
    assert "before the first day" in back["Last day"]
    half = await away(house, "ryan", deputy="hugo", first_day="2026-12-03")
    assert half == {"Last day": "Please give both days, or neither."}
    assert await away(house, "ryan", deputy="hugo", **days) == {}
    twice = await away(house, "ryan", deputy="dian", **days)
    assert "already" in twice["First day"]
    circle = await away(house, "hugo", person="hugo", deputy="ryan", **days)
    assert "circle" in circle["Who stands in?"]


async def test_nothing_is_forgotten_while_the_bot_is_down(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await ask_for_sow(house.person("ana"), "250,000")
    await away(house, "ryan", deputy="hugo", first_day="2026-11-24", last_day="2026-11-26")
    await house.quiet()
    house.workspace.clock.move(TUESDAY_IN_LOS_ANGELES - MONDAY + MINUTE)

    await house.restart()

    assert "Approve" in (await newest(house, "hugo")).buttons
    house.workspace.clock.move(timedelta(days=9))
    await house.restart()
    assert "Approve" not in (await newest(house, "hugo")).buttons
    assert said(house, "ryan").count("Back with you") == 1


async def test_who_manages_does_not_choose_who_decides_their_own_request(
    small_house: House,
) -> None:
    house, days = small_house, {"first_day": "2026-11-23", "last_day": "2026-12-03"}
    await house.set_clock(MONDAY)
    wrong = await away(house, "greta", person="ryan", deputy="greta", **days)
    assert "cannot name yourself" in wrong["Who stands in?"]
    assert await away(house, "greta", person="ryan", deputy="hugo", **days) == {}
    await ask_for_sow(house.person("greta"), "250,000")

    assert "Approve" in (await newest(house, "ryan")).buttons
    assert not house.person("hugo").dm_with_bot().cards("SOW-1: ")

    await ask_for_sow(house.person("ana"), "250,000")
    await house.quiet()
    assert "Approve" in house.person("hugo").dm_with_bot().cards("SOW-2: ")[-1].buttons


async def test_word_for_the_owner_goes_to_whoever_stands_in(small_house: House) -> None:
    house = small_house
    client = await invoiced(house)
    days = {"first_day": "2026-11-23", "last_day": "2026-12-03"}
    assert await away(house, "dian", deputy="hugo", **days) == {}
    await client.answer("ask", text="May we pay in euros?")

    await go_to(house, date(2026, 11, 24))

    for words in ("What shall happen next?", "has been waiting for an answer"):
        assert house.person("hugo").dm_with_bot().cards(words)
        assert not house.person("dian").dm_with_bot().cards(words)
