"""Nobody waits in vain: reminders and escalations, in the working hours of whoever they are for.

Monday, 23 November 2026, 10:00 in New York is 07:00 in Los Angeles; the Thursday is a holiday.
"""

from datetime import UTC, datetime, timedelta

from tests.journeys.house import House, ask_for_sow, decide

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
REMINDER, ESCALATION = "is still waiting", "has been waiting too long"


async def said(house: House, handle: str, text: str, at: datetime) -> int:
    """How often somebody was told ``text`` by then."""
    await house.set_clock(at)
    await house.quiet()
    return len(house.person(handle).dm_with_bot().cards(text))


async def test_a_reminder_comes_after_eight_working_hours_in_the_persons_own_zone(
    small_house: House,
) -> None:
    await small_house.set_clock(MONDAY)
    await ask_for_sow(small_house.person("ana"), "250,000")
    five_in_los_angeles = datetime(2026, 11, 24, 1, tzinfo=UTC)

    assert await said(small_house, "ryan", REMINDER, five_in_los_angeles - MINUTE) == 0
    assert await said(small_house, "ryan", REMINDER, five_in_los_angeles + MINUTE) == 1


async def test_the_night_does_not_count(house: House) -> None:
    await house.set_clock(MONDAY)
    await ask_for_sow(house.person("ana"))
    tuesday = MONDAY + timedelta(days=1)

    assert await said(house, "dian", REMINDER, tuesday - MINUTE) == 0
    assert await said(house, "dian", REMINDER, tuesday + MINUTE) == 1


async def test_three_reminders_and_no_more(small_house: House) -> None:
    await small_house.set_clock(MONDAY)
    await ask_for_sow(small_house.person("ana"))

    assert await said(small_house, "dian", REMINDER, MONDAY + timedelta(days=30)) == 3
    assert await said(small_house, "dian", REMINDER, MONDAY + timedelta(days=60)) == 3


async def test_an_escalation_counts_the_hours_of_who_has_the_ball_and_skips_the_holiday(
    small_house: House,
) -> None:
    await small_house.set_clock(MONDAY + timedelta(days=1))
    await ask_for_sow(small_house.person("ana"), "250,000")
    friday_five_in_los_angeles = datetime(2026, 11, 28, 1, tzinfo=UTC)

    assert await said(small_house, "hugo", ESCALATION, friday_five_in_los_angeles - MINUTE) == 0
    assert await said(small_house, "hugo", ESCALATION, friday_five_in_los_angeles + MINUTE) == 1


async def test_nobody_is_reminded_of_what_has_moved_on(small_house: House) -> None:
    await small_house.set_clock(MONDAY)
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    await decide(small_house.person("dian").dm_with_bot().cards("SOW-1: ")[-1], "Accept")

    # Drafting has reminders of its own, from sixteen working hours on.
    assert await said(small_house, "dian", REMINDER, MONDAY + timedelta(days=2) - MINUTE) == 0
    assert await said(small_house, "hugo", ESCALATION, MONDAY + timedelta(days=3)) == 0


async def test_the_requester_is_reminded_of_changes_and_the_clock_starts_anew(
    small_house: House,
) -> None:
    await small_house.set_clock(MONDAY)
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    card = small_house.person("dian").dm_with_bot().cards("SOW-1: ")[-1]
    await decide(card, "Request changes", "Say more about the scope.")
    wednesday = MONDAY + timedelta(days=2)

    assert await said(small_house, "ana", REMINDER, wednesday - MINUTE) == 0
    assert await said(small_house, "ana", REMINDER, wednesday + MINUTE) == 1
    assert await said(small_house, "dian", REMINDER, wednesday + MINUTE) == 0


async def test_a_reminder_that_was_due_while_the_bot_was_away_comes_once(
    small_house: House,
) -> None:
    await small_house.set_clock(MONDAY)
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    small_house.workspace.clock.move(timedelta(days=1, hours=1))

    await small_house.restart()

    await small_house.quiet()
    assert len(small_house.person("dian").dm_with_bot().cards(REMINDER)) == 1
