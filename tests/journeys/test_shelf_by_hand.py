"""What a company has already comes on the shelf by hand, and only with somebody's approval."""

from pathlib import Path

from bot.shelf.opening import url_of
from tests.journeys.assets import pdf, uploaded
from tests.journeys.deals import MONDAY, fill_in, form, offering, page_form, told
from tests.journeys.house import House, decide, open_house
from tests.journeys.shelf import (
    HANDED_IN,
    announced,
    get,
    hand_in,
    here,
    is_whole,
    personal_link,
    shelf,
    shelved,
    sought,
    vouch,
)

DECK = "https://drive.example/pricing-deck"


async def test_nothing_unapproved_is_found_or_opened(house: House) -> None:
    await house.set_clock(MONDAY)
    ana, hana, mia = house.person("ana"), house.person("hana"), house.person("mia")
    refused = await ana.command("/shelf", channel="sales")
    assert "You cannot ask for a place on the shelf" in (await refused.replied()).text
    file = await uploaded(mia, "Pricing deck.pdf", pdf("Pricing deck"))

    await hand_in(house, file)

    assert house.request("SHELF-1").stage == "approval"
    assert "nobody has reviewed it here" in offering(hana, "Approve").text.casefold()
    assert "SHELF-1" not in (await sought(house, "pricing")).text
    assert announced(house) == []
    desk, now = house.frontdesk.desk, house.clock.now()
    forged = await get(here(house, url_of(desk, "SHELF-1", mia.id, now)))
    assert forged.status_code == 410
    assert b"%PDF" not in forged.content
    assert "Approve" not in offering(mia, "Details").buttons

    await decide(offering(hana, "Request changes"), "Request changes", reason="Which prices?")
    await house.quiet()
    assert "Which prices?" in told(house, "mia")
    modal = await form(house, mia, "Edit and resubmit")
    assert modal.value("title") == HANDED_IN["title"]
    newer = await uploaded(mia, "Prices of 2027.pdf", pdf("Prices of 2027"))
    await modal.attach("The asset as a file", newer)
    await fill_in(house, modal, title="Prices of 2027")
    await vouch(house, "SHELF-1")

    assert [each.name for each in shelf(house).versions] == ["Prices of 2027.pdf"]
    assert "New on the shelf: Prices of 2027" in announced(house)[0].text
    link = await personal_link(house, await sought(house, "prices"))
    assert (await get(link)).content == pdf("Prices of 2027")
    is_whole(house)


async def test_a_link_is_on_the_shelf_too_and_leads_where_it_says(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await hand_in(house, link=DECK)
    await vouch(house, "SHELF-1")

    [news] = announced(house)
    assert news.thread == []
    answer = await get(await personal_link(house, await sought(house, "pricing")))

    assert (answer.status_code, answer.headers["location"]) == (303, DECK)
    is_whole(house)


async def test_a_file_that_is_on_the_shelf_already_is_not_put_there_twice(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    mia = house.person("mia")
    await shelved(house)

    await hand_in(house, await uploaded(mia, "Our prices.pdf", pdf("Pricing deck")), title="Prices")

    assert house.request("SHELF-2").stage == "changes_requested"
    assert "The same file is on the shelf already, as SHELF-1." in told(house, "mia")
    modal = await form(house, mia, "Edit and resubmit")
    await modal.attach("The asset as a file", await uploaded(mia, "Prices.pdf", pdf("Prices")))
    await fill_in(house, modal)
    await vouch(house, "SHELF-2")
    assert house.request("SHELF-2").stage == "current"
    is_whole(house)


async def test_a_file_that_is_outdated_on_the_shelf_can_be_handed_in_anew(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    mia = house.person("mia")
    await shelved(house)
    modal = await page_form(house, mia, "SHELF-1", "Mark as outdated")
    await fill_in(house, modal, reason="The prices went up, and down again.")

    await hand_in(house, await uploaded(mia, "Our prices.pdf", pdf("Pricing deck")), title="Prices")

    assert house.request("SHELF-2").stage == "approval"


async def test_a_file_that_cannot_be_kept_comes_back_with_a_sentence(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    mia = house.person("mia")
    program = await uploaded(mia, "deck.exe", b"MZ\x90\x00 visibly no program")

    await hand_in(house, program)

    assert house.request("SHELF-1").stage == "changes_requested"
    assert "What was handed in as SHELF-1" in told(house, "mia")
    assert house.request("SHELF-1").details.record.trouble in told(house, "mia")
    assert house.audited("SHELF-1") == ["submit", "keeping_failed"]
    assert [c for c in house.person("hana").dm_with_bot().messages if "Approve" in c.buttons] == []
    modal = await form(house, mia, "Edit and resubmit")
    deleted = await uploaded(mia, "Pricing.pdf", pdf("Pricing deck"))
    await modal.attach("The asset as a file", deleted)
    await mia.delete_file(deleted)
    result = await modal.submit()
    await house.quiet()
    assert result.closed, result.errors
    assert house.request("SHELF-1").stage == "changes_requested"

    modal = await form(house, mia, "Edit and resubmit")
    good = await uploaded(mia, "Pricing deck.pdf", pdf("Pricing deck"))
    await modal.attach("The asset as a file", good)
    await fill_in(house, modal)
    await vouch(house, "SHELF-1")
    assert house.request("SHELF-1").stage == "current"
    assert "could not be kept" not in offering(mia, "Still current").text
    is_whole(house)


async def test_the_file_of_an_asset_that_was_cancelled_meanwhile_is_not_kept(
    tmp_path: Path,
) -> None:
    disk, away = tmp_path / "disk", tmp_path / "away"
    disk.mkdir()
    async with open_house(tmp_path, "http", FRONTDESK_LIBRARY=str(disk / "library")) as house:
        await house.set_clock(MONDAY)
        mia = house.person("mia")
        file = await uploaded(mia, "Pricing deck.pdf", pdf("Pricing deck"))
        modal = await (await mia.command("/shelf", channel="general")).modal_opened()
        await modal.attach("The asset as a file", file)
        await modal.fill(**HANDED_IN)
        disk.rename(away)
        assert (await modal.submit()).closed
        await house.person("adam").dm_with_bot().wait_for("Files of assets cannot be kept")
        card = await mia.dm_with_bot().wait_for("SHELF-1")
        details = await (await card.click("Details")).modal_opened()
        modal = await (await details.click("Cancel request")).modal_opened()
        await modal.fill(reason="It is old.")
        assert (await modal.submit()).closed

        away.rename(disk)
        await house.until(lambda: not house.backlog.due, "nothing waits")

        assert house.request("SHELF-1").stage == "cancelled"
        assert [each for each in disk.rglob("*") if each.is_file()] == []
        is_whole(house)
