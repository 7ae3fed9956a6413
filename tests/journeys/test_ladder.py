"""The ladder of a stage, rung by rung, in the hours of whoever has the ball.

Monday, 23 November 2026, 10:00 in New York, where Dian is; the Thursday is a holiday.
"""

from datetime import UTC, datetime, timedelta

from tests.journeys.house import House, ask_for_sow
from tests.journeys.test_time import MINUTE, MONDAY
from tests.journeys.test_time import said as told

DAY = timedelta(days=1)


async def test_every_rung_in_its_turn_and_each_once(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    rungs = [
        ("dian", "is still waiting for", MONDAY + DAY),
        ("ana", "still waits for", MONDAY + DAY + timedelta(hours=4)),
        ("dian", "@Ana Silva waits for this since", MONDAY + 2 * DAY),
        ("hugo", "It goes to the head of sales now", MONDAY + 2 * DAY),
        ("adam", "It goes to the admin now", MONDAY + 8 * DAY),
    ]
    for moment in dict.fromkeys(at for *_, at in rungs):
        reached = [(who, words) for who, words, at in rungs if at == moment]
        for who, words in reached:
            assert await told(house, who, words, moment - MINUTE) == 0, words
        for who, words in reached:
            assert await told(house, who, words, moment + MINUTE) == 1, words
    await house.restart()
    for who, words, _at in rungs[3:]:
        assert await told(house, who, words, MONDAY + 30 * DAY) == 1, words


async def test_clocks_that_change_over_the_weekend_make_no_rung_late(small_house: House) -> None:
    house = small_house
    await house.set_clock(datetime(2027, 3, 12, 15, tzinfo=UTC))  # Friday, 10:00 EST
    await ask_for_sow(house.person("ana"), needed_by="2027-06-01")
    await house.quiet()
    monday = datetime(2027, 3, 15, 14, tzinfo=UTC)  # 10:00 EDT
    assert await told(house, "dian", "is still waiting for", monday - MINUTE) == 0
    assert await told(house, "dian", "is still waiting for", monday + MINUTE) == 1
    tuesday = monday + DAY
    assert await told(house, "hugo", "It goes to the head of sales now", tuesday - MINUTE) == 0
    assert await told(house, "hugo", "It goes to the head of sales now", tuesday + MINUTE) == 1


async def test_the_card_says_when_and_to_whom_it_goes_next(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    card = house.person("dian").dm_with_bot().cards("SOW-1: ")[-1]
    assert "If nothing happens, the head of sales is told" in card.text
    await house.set_clock(MONDAY + 2 * DAY + MINUTE)
    await house.quiet()
    card = house.person("dian").dm_with_bot().cards("SOW-1: ")[-1]
    assert "If nothing happens, the admin is told" in card.text
