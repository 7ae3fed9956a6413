"""Feedback: one click and a word, at the delivery and two weeks later."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.assets import asset_record, delivered, is_whole
from tests.journeys.deals import fill_in, form, press, told
from tests.journeys.house import House
from workflows.asset_parts import Verdict

THURSDAY = datetime(2026, 12, 10, 15, tzinfo=UTC)
"""Two weeks before a day off, after which come a holiday and a weekend."""
ASKED_AGAIN = datetime(2026, 12, 28, 9, tzinfo=UTC)
"""Monday, 09:00 in London, where Ben is."""
OVER = datetime(2027, 1, 4, 14, tzinfo=UTC)
"""A week later, 09:00 in New York, where the company is."""
MINUTE = timedelta(minutes=1)
QUESTION = "Did it help?"
VERDICTS = {"It helped", "It did not", "Not used yet"}


async def asked_again(house: House, at: datetime) -> int:
    """How often Ben was asked again by then."""
    await house.set_clock(at)
    await house.quiet()
    return len(house.person("ben").dm_with_bot().cards(QUESTION))


@pytest.mark.prove
async def test_feedback_is_one_click_and_a_word_and_again_two_weeks_later(
    small_house: House,
) -> None:
    house = small_house
    await delivered(house, at=THURSDAY)
    ben = house.person("ben")
    assert house.request("AST-1").stage == "feedback"
    [there] = ben.dm_with_bot().cards("What you asked for is there")
    assert set(there.buttons) >= VERDICTS
    await press(house, ben, "Not used yet")
    assert house.request("AST-1").stage == "feedback"
    await fill_in(house, await form(house, ben, "Add a word"), word="My meeting is next week.")

    assert await asked_again(house, ASKED_AGAIN - MINUTE) == 0
    assert await asked_again(house, ASKED_AGAIN + MINUTE) == 1
    [question] = ben.dm_with_bot().cards(QUESTION)
    assert set(question.buttons) >= VERDICTS
    await press(house, ben, "It helped")
    await fill_in(house, await form(house, ben, "Add a word"), word="They asked for a pilot.")

    assert house.request("AST-1").stage == "closed"
    first, second = asset_record(house).feedback
    assert (first.verdict, first.word) == (Verdict.NOT_USED_YET, "My meeting is next week.")
    assert (second.verdict, second.word) == (Verdict.HELPED, "They asked for a pilot.")
    assert "Feedback: helped: They asked for a pilot." in told(house, "mia")
    assert await asked_again(house, OVER + timedelta(days=30)) == 1
    assert house.audited("AST-1").count("ask_again") == 1
    assert "close_unanswered" not in house.audited("AST-1")
    is_whole(house)


@pytest.mark.prove
async def test_without_an_answer_it_closes_by_itself(small_house: House) -> None:
    house = small_house
    await delivered(house, at=THURSDAY)
    assert await asked_again(house, ASKED_AGAIN + MINUTE) == 1

    assert await asked_again(house, OVER - MINUTE) == 1
    assert house.request("AST-1").stage == "feedback"
    assert await asked_again(house, OVER + MINUTE + MINUTE) == 1

    request = house.request("AST-1")
    assert (request.stage, asset_record(house).feedback) == ("closed", ())
    assert house.audited("AST-1")[-1] == "close_unanswered"
    assert "It helped" not in house.person("ben").dm_with_bot().cards("AST-1: ")[-1].buttons
    is_whole(house)
