"""Due dates of assets: who is warned, what a justification is worth, and who hears of a miss."""

from datetime import UTC, date, datetime, timedelta

from tests.journeys.assets import asset_record, asset_thread, hand_in, is_whole, under_way
from tests.journeys.deals import entries, fill_in, form, page_form, refusal, told
from tests.journeys.house import House

DUE, LATER = date(2026, 12, 11), date(2026, 12, 18)
"""Two Fridays."""
QUARTER_LEFT = datetime(2026, 12, 7, 14, tzinfo=UTC)
"""09:00 in New York, the first working minute with a quarter left of the time until DUE."""
AFTER_DUE = datetime(2026, 12, 14, 14, tzinfo=UTC)
AFTER_LATER = datetime(2026, 12, 21, 14, tzinfo=UTC)
"""09:00 in New York, the first working minutes after the two Fridays."""
MINUTE = timedelta(minutes=1)
RISK, MISS = "is at risk", "was not delivered by its due date"
WHY = "The client has to release two quotes."


async def at(house: House, moment: datetime) -> None:
    """Move the clock and let everything happen that is due."""
    await house.set_clock(moment)
    await house.quiet()


def count(house: House, text: str, *handles: str) -> list[int]:
    """How often each of them was told ``text``."""
    return [len(house.person(each).dm_with_bot().cards(text)) for each in handles]


async def justified(house: House) -> None:
    """Let Mia ask for a later date."""
    modal = await page_form(house, house.person("mia"), "AST-1", "Justify a later date")
    await fill_in(house, modal, until=LATER.isoformat(), reason=WHY)


async def test_without_a_draft_the_owner_and_the_requester_are_warned_once(
    small_house: House,
) -> None:
    house = small_house
    await under_way(house, due_on=DUE.isoformat())
    await at(house, QUARTER_LEFT - MINUTE)
    assert count(house, RISK, "mia", "ben") == [0, 0]

    await at(house, QUARTER_LEFT + MINUTE)
    assert count(house, RISK, "mia", "ben", "hugo") == [1, 1, 0]
    [warning] = house.person("mia").dm_with_bot().cards(RISK)
    assert "justify a later date before it is due" in warning.text
    assert "Details" in warning.buttons
    assert any("due on Fri 11 Dec 2026" in each.text for each in asset_thread(house))
    await at(house, QUARTER_LEFT + timedelta(days=4))
    assert count(house, RISK, "mia", "ben") == [1, 1]
    assert count(house, MISS, "mia", "ben", "hugo") == [0, 0, 0]

    await at(house, AFTER_DUE - MINUTE)
    assert count(house, MISS, "hugo") == [0]
    await at(house, AFTER_DUE + MINUTE)
    assert count(house, MISS, "mia", "ben", "hugo") == [1, 1, 1]
    [alarm] = house.person("hugo").dm_with_bot().cards(MISS)
    for text in ("no later date was justified", "Due: Fri 11 Dec 2026", "Owner: @Mia Tanaka"):
        assert text in alarm.text
    await at(house, AFTER_LATER)
    assert count(house, MISS, "mia", "ben", "hugo") == [1, 1, 1]
    [missed] = [each for each in entries(house, "AST-1") if each.action == "missed"]
    assert missed.detail["due on"] == DUE.isoformat()
    is_whole(house)


async def test_a_draft_in_time_is_no_risk_but_no_delivery_either(small_house: House) -> None:
    house = small_house
    await under_way(house, due_on=DUE.isoformat())
    await hand_in(house, "mia", link="https://drive.example/initech")

    await at(house, AFTER_DUE + MINUTE)

    assert count(house, RISK, "mia", "ben") == [0, 0]
    assert count(house, MISS, "hugo") == [1]


async def test_a_justified_date_counts_until_it_is_missed_itself(small_house: House) -> None:
    house = small_house
    await under_way(house, due_on=DUE.isoformat())
    modal = await page_form(house, house.person("mia"), "AST-1", "Justify a later date")
    await modal.fill(until=DUE.isoformat(), reason=WHY)
    assert "must be after the one that cannot be kept" in await refusal(modal)
    await fill_in(house, modal, until=LATER.isoformat())

    assert house.request("AST-1").due_on == LATER
    for handle in ("ben", "hana"):
        [word] = house.person(handle).dm_with_bot().cards("needs until Fri 18 Dec 2026")
        assert WHY in word.text
        assert "which was due on Fri 11 Dec 2026" in word.text
    assert "Later date: Fri 18 Dec 2026 instead of Fri 11 Dec 2026" in told(house, "mia")
    await at(house, AFTER_DUE + MINUTE)
    assert count(house, MISS, "mia", "ben", "hugo") == [0, 0, 0]

    await at(house, AFTER_LATER + MINUTE)
    assert count(house, RISK, "mia", "ben") == [1, 1]
    assert count(house, MISS, "mia", "ben", "hugo") == [1, 1, 1]
    assert house.audited("AST-1").count("missed") == 1
    is_whole(house)


async def test_a_refused_justification_brings_the_earlier_date_back(small_house: House) -> None:
    house = small_house
    await under_way(house, due_on=DUE.isoformat())
    await justified(house)

    modal = await form(house, house.person("hana"), "Refuse the later date")
    await fill_in(house, modal, reason="We have the quotes in the library.")

    assert house.request("AST-1").due_on == DUE
    for handle in ("mia", "ben"):
        [word] = house.person(handle).dm_with_bot().cards("refused the later date")
        assert "We have the quotes in the library." in word.text
        assert "It is due on Fri 11 Dec 2026 again." in word.text
    [held] = asset_record(house).justifications
    assert (held.refused_by, held.reason) == (house.person("hana").id, WHY)
    await at(house, AFTER_DUE + MINUTE)
    assert count(house, MISS, "mia", "ben", "hugo") == [1, 1, 1]
    is_whole(house)


async def test_what_is_refused_after_its_date_escalates_at_once(small_house: House) -> None:
    house = small_house
    await under_way(house, due_on=DUE.isoformat())
    await justified(house)
    await at(house, AFTER_DUE + timedelta(hours=1))
    assert count(house, MISS, "hugo") == [0]

    modal = await page_form(house, house.person("hana"), "AST-1", "Refuse the later date")
    await fill_in(house, modal, reason="The quotes were not needed.")

    assert count(house, MISS, "mia", "ben", "hugo") == [1, 1, 1]
    await at(house, AFTER_LATER + MINUTE)
    assert count(house, MISS, "mia", "ben", "hugo") == [1, 1, 1]
    assert house.audited("AST-1").count("missed") == 1
