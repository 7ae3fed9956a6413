"""Days as the company counts them: its fiscal year, its order of dates, its holidays."""

from datetime import date
from pathlib import Path

from tests.journeys.house import House
from tests.journeys.settings import changed, company_now, form_of
from tests.journeys.test_conversation import card, talking_house, told

DATES = "Fiscal year and dates"
CASE_STUDY = "need a fintech case study for Globex"


async def deadline(house: House, handle: str, words: str) -> tuple[str, list[str]]:
    """Say when something is needed; return the card, and the days it asks about."""
    person = house.person(handle)
    shown = await told(house, person, f"{CASE_STUDY} {words}")
    found = shown.text, [each for each in shown.buttons if each[-5:-2] == " 20"]
    await shown.click("Discard")
    await card(person, "Discarded")
    await house.quiet()
    return found


async def test_an_admin_says_when_the_fiscal_year_begins(tmp_path: Path) -> None:
    async with talking_house(tmp_path) as house:
        before, _ = await deadline(house, "ana", "by the end of Q2")
        assert "30 Jun 2038" in before
        await changed(house, DATES, fiscal_year_begins="April")
        after, _ = await deadline(house, "ana", "by the end of Q2")
        assert "30 Sep 2038" in after
        assert "30 Jun 2038" not in after


async def test_a_date_that_can_be_read_in_two_ways_is_asked_until_it_is_settled(
    tmp_path: Path,
) -> None:
    async with talking_house(tmp_path) as house:
        text, asked = await deadline(house, "ana", "by 3/4")
        assert "Which one do you mean?" in text
        assert asked == ["Thu 4 Mar 2038", "Sat 3 Apr 2038"]
        await changed(house, DATES, date_order="3 April")
        text, asked = await deadline(house, "ana", "by 3/4")
        assert "Sat 3 Apr 2038" in text
        assert "4 Mar" not in text
        form = await form_of(house, DATES)
        await form.fill(date_order="either; it is asked")
        assert (await form.submit()).closed
        assert company_now(house).date_order is None
        text, asked = await deadline(house, "ana", "by 3/4")
        assert len(asked) == 2


async def test_a_holiday_is_known_by_its_name(tmp_path: Path) -> None:
    async with talking_house(tmp_path) as house:
        ana = house.person("ana")
        shown = await told(house, ana, f"{CASE_STUDY}, the day before Thanksgiving")
        assert "Needed by: Wed 25 Nov 2037" in shown.text
        [draft] = house.drafts("ana")
        assert draft.state["deadline"] == str(date(2037, 11, 25))
