"""An asset's life on the shelf: reviewed in time, outdated, reported, handed over, withdrawn."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.ports import Seen
from bot.shelf import reviewing
from sandbox import Card
from tests.journeys.deals import MONDAY, fill_in, go_to, offering, page_form, told
from tests.journeys.house import House, decide
from tests.journeys.shelf import (
    get,
    is_whole,
    personal_link,
    seen,
    shelf,
    shelved,
    sought,
)

SATURDAY = date(2027, 6, 5)
"""The review date. The Monday before is a holiday, and the Saturday before it no working day."""
MORNINGS = [date(2027, 5, 6), date(2027, 6, 1), date(2027, 6, 4)]
NINE = 13
"""Nine o'clock in New York, in UTC."""


def reminders(house: House) -> list[Card]:
    """What Mia was told of review dates, oldest first."""
    return house.person("mia").dm_with_bot().cards("Is it still current?")


async def reminded(house: House, count: int) -> None:
    """Wait until Mia was reminded so often."""
    await house.until(lambda: len(reminders(house)) == count, f"{count} reminders are there")


async def taken(house: House, handle: str) -> None:
    """Let somebody take the newest asset, from its announcement."""
    card = house.person(handle).channel("sales").cards("New on the shelf")[-1]
    await personal_link(house, card)


@pytest.mark.prove
async def test_the_owner_is_reminded_on_working_mornings_and_then_it_is_outdated(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await shelved(house, review_by=SATURDAY.isoformat())
    await taken(house, "ana")

    for count, day in enumerate(MORNINGS, 1):
        nine = datetime(day.year, day.month, day.day, NINE, tzinfo=UTC)
        await house.set_clock(nine - timedelta(minutes=1))
        await house.quiet()
        assert len(reminders(house)) == count - 1, day
        await house.move_clock(timedelta(minutes=2))
        await reminded(house, count)
    assert "in 30 days" in reminders(house)[0].text
    assert "Sat 5 Jun 2027" in reminders(house)[-1].text
    assert shelf(house).warned == (30, 7, 0)
    assert house.request("SHELF-1").stage == "current"

    await go_to(house, date(2027, 6, 6))
    assert house.request("SHELF-1").stage == "outdated"
    assert "SHELF-1, Pricing deck, which you took, is outdated." in told(house, "ana")
    assert "Outdated: please do not send it out." in (await sought(house, "pricing")).text
    window = await (await (await sought(house, "pricing")).click("Open")).modal_opened()
    assert "It is outdated: please do not send it out." in window.text

    assert "is past its review date and counts as outdated now" in told(house, "mia")
    modal = await (
        await offering(house.person("mia"), "Still current").click("Still current")
    ).modal_opened()
    await fill_in(house, modal, review_by="2027-12-01")
    assert house.request("SHELF-1").stage == "current"
    assert "Outdated" not in (await sought(house, "pricing")).text
    await go_to(house, date(2027, 11, 1))
    assert len(reminders(house)) == 4
    is_whole(house)


@pytest.mark.prove
async def test_who_renews_in_time_hears_no_more_of_the_old_date(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await shelved(house, review_by="2027-06-01")
    await go_to(house, date(2027, 5, 3))
    assert len(reminders(house)) == 1

    modal = await (await reminders(house)[0].click("Still current")).modal_opened()
    await fill_in(house, modal, review_by="2027-10-01")
    await go_to(house, date(2027, 6, 3))

    assert len(reminders(house)) == 1
    assert house.request("SHELF-1").stage == "current"
    assert "reviewed until Fri 1 Oct 2027" in (await sought(house, "pricing")).text


async def test_who_took_it_is_told_that_it_is_outdated_or_withdrawn(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await shelved(house)
    greta, mia = house.person("greta"), house.person("mia")
    for handle in ("ana", "greta", "mia"):
        await taken(house, handle)
    old = await personal_link(
        house, house.person("ana").channel("sales").cards("New on the shelf")[0]
    )

    modal = await page_form(house, mia, "SHELF-1", "Mark as outdated")
    await fill_in(house, modal, reason="The prices went up.")

    for handle in ("ana", "greta"):
        assert told(house, handle).count("which you took, is outdated") == 1
        assert "The prices went up." in told(house, handle)
    assert "which you took" not in told(house, "mia")
    assert (await get(old)).status_code == 200

    modal = await page_form(house, mia, "SHELF-1", "Withdraw")
    await fill_in(house, modal, reason="We do not sell it any more.")
    assert told(house, "ana").count("was withdrawn. Please do not use it any more") == 1
    assert "We do not sell it any more." in told(house, "ana")
    assert "which you took" not in told(house, "mia")
    gone = await get(old)
    assert (gone.status_code, "is not on the shelf any more" in gone.text) == (410, True)
    result = await greta.channel("sales").cards("New on the shelf")[0].click("Open")
    assert "not on the shelf any more" in (await result.replied()).text
    assert shelf(house).current is not None
    is_whole(house)


async def test_a_report_reaches_the_owner_and_the_sales_manager_at_once(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await shelved(house)
    [news] = house.person("ben").channel("sales").cards("New on the shelf")

    await decide(news, "Report as outdated", reason="Page 3 names the old prices.")
    await house.quiet()

    for handle in ("mia", "greta"):
        assert "@Ben Okafor reports SHELF-1 (Pricing deck) as outdated" in told(house, handle)
        assert "Page 3 names the old prices." in told(house, handle)
    [report] = seen(house, Seen.REPORTED)
    assert (report.user, report.text) == (
        house.person("ben").id,
        "Page 3 names the old prices.",
    )
    assert house.request("SHELF-1").stage == "current"
    assert "report_outdated" in house.audited("SHELF-1")


async def test_an_asset_of_somebody_who_left_gets_another_owner(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await shelved(house)
    desk, hana = house.frontdesk.desk, house.person("hana")
    reviewing.find_ownerless(desk, house.clock.now())
    await house.quiet()
    assert "left" not in told(house, "hana")

    house.workspace.deactivate("mia")
    await house.until(lambda: not _is_active(house, "mia"), "Mia has left")
    for _ in range(2):
        reviewing.find_ownerless(desk, house.clock.now())
        await house.quiet()
    assert len(hana.dm_with_bot().cards("its owner has left")) == 1
    await house.move_clock(timedelta(days=7))
    reviewing.find_ownerless(desk, house.clock.now())
    await house.quiet()
    [_, again] = hana.dm_with_bot().cards("its owner has left")
    assert "SHELF-1 Pricing deck" in again.text

    page = await (await again.click("Details")).modal_opened()
    modal = await (await page.click("Hand over")).modal_opened()
    await fill_in(house, modal, owner=house.person("leo").id, reason="Mia has left.")
    assert house.request("SHELF-1").owner == house.person("leo").id
    assert "Still current" in offering(house.person("leo"), "Still current").buttons
    await house.move_clock(timedelta(days=7))
    reviewing.find_ownerless(desk, house.clock.now())
    await house.quiet()
    assert len(hana.dm_with_bot().cards("its owner has left")) == 2


async def test_a_refresh_is_asked_for_once_while_it_is_under_way(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await shelved(house)
    mia = house.person("mia")

    for _ in range(2):
        await offering(mia, "Ask for a refresh").click("Ask for a refresh")
        await house.quiet()

    assert house.refs("mia") == ["AST-1", "SHELF-1"]
    details = house.request("AST-1").details
    assert (details.kind, details.existing_asset, details.reuse) == (
        "update",
        "SHELF-1",
        "reusable",
    )
    assert "Refresh of “Pricing deck”" in house.person("sol").dm_with_bot().cards("AST-1")[-1].text
    await decide(
        house.person("sol").dm_with_bot().cards("AST-1: ")[-1], "Decline", reason="Not this year."
    )
    await house.quiet()
    await offering(mia, "Ask for a refresh").click("Ask for a refresh")
    await house.quiet()
    assert house.refs("mia") == ["AST-2", "AST-1", "SHELF-1"]


def _is_active(house: House, handle: str) -> bool:
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(house.person(handle).id)
    return person is not None and person.active
