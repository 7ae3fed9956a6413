"""An asset is delivered: told to everybody concerned, opened by a link of one's own, and used."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import Deal, Seen
from bot.triage import ranking
from tests.journeys.assets import pdf
from tests.journeys.deals import MONDAY, fill_in, letters, offering, text_of
from tests.journeys.house import House
from tests.journeys.shelf import (
    announced,
    ask_for_update,
    deal_notes,
    delivered,
    get,
    here,
    is_whole,
    keep_deal,
    personal_link,
    seen,
    shelf,
    shelved,
    sought,
)
from workflows.money import Money

PILOT = Deal(
    ref="D-1042",
    name="Forecasting pilot",
    account="Initech",
    amount=Money(18_000_000, "EUR"),
    updated_at=datetime(2026, 11, 20, 15, 32, tzinfo=UTC),
)
LINK = "https://frontdesk.harborlight.example/a/AST-1"


@pytest.mark.prove
async def test_everybody_concerned_hears_of_a_delivery_once(house: House) -> None:
    await house.set_clock(MONDAY)
    keep_deal(house, PILOT)
    ana, ben = house.person("ana"), house.person("ben")
    said = await (await ana.command("/asset", "mail", channel="sales")).replied()
    assert "ana@harborlight.example" in said.text
    for _ in range(2):
        said = await (await ben.command("/asset", "mail", channel="sales")).replied()
    assert "no more announcements" in said.text

    await delivered(house, opportunity="D-1042")

    told = offering(ben, "Open")
    assert "What you asked for is there: AST-1 stands on the shelf as SHELF-1" in told.text
    assert {"Open", "I'll use it in a deal", "It helped"} <= {*told.buttons}
    [news] = announced(house)
    for words in (
        "New on the shelf: Initech case study",
        "For: CFOs of mid-sized banks",
        "Use it when: In a first meeting with a finance team.",
        "Tags: case study, Fintech",
        "SHELF-1, version 1",
    ):
        assert words in news.text
    assert news.buttons == ["Open", "I'll use it in a deal", "Report as outdated"]
    assert news.pictures == ["SHELF-1-v1.png"]

    [letter] = letters(house, "ana@harborlight.example")
    assert "Initech case study" in str(letter["subject"])
    assert LINK in text_of(letter)
    assert "?k=" not in text_of(letter)
    assert letters(house, "ben@harborlight.example") == []
    [note] = deal_notes(house, "D-1042")
    assert note == f"Initech case study (AST-1): {LINK}"
    await house.restart()
    await house.quiet()
    assert (len(announced(house)), len(deal_notes(house, "D-1042"))) == (1, 1)
    assert len(letters(house, "ana@harborlight.example")) == 1
    is_whole(house)


@pytest.mark.prove
async def test_opening_is_recorded_and_the_link_is_ones_own_for_a_quarter_of_an_hour(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await delivered(house)
    await shelved(house, "SHELF-2")
    ana, ben = house.person("ana"), house.person("ben")

    link = await personal_link(house, ana.channel("sales").cards("New on the shelf")[0])

    [opened] = seen(house, Seen.OPENED)
    assert (opened.user, opened.ref, opened.about) == (ana.id, "SHELF-1", "")
    file = await get(link)
    assert (file.status_code, file.content) == (200, pdf("AST-1 Initech"))
    assert file.headers["content-type"] == "application/pdf"
    bare = await get(here(house, LINK))
    assert (bare.status_code, "Slack" in bare.text) == (200, True)
    assert "Initech" not in bare.text

    altered = link[:-1] + ("A" if link[-1] != "A" else "B")
    other = link.replace("/a/SHELF-1?", "/a/SHELF-2?")
    assert [(await get(each)).status_code for each in (altered, other)] == [410, 410]
    of_ben = await personal_link(house, offering(ben, "Open"))
    assert of_ben != link
    assert {each.user for each in seen(house, Seen.OPENED)} == {ana.id, ben.id}


async def test_a_link_is_over_after_a_quarter_of_an_hour_and_when_somebody_left(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await shelved(house)
    ana, ben = house.person("ana"), house.person("ben")
    of_ana, of_ben = [
        await personal_link(house, each.channel("sales").cards("Pricing deck")[0])
        for each in (ana, ben)
    ]
    assert [(await get(each)).status_code for each in (of_ana, of_ben)] == [200, 200]

    house.workspace.deactivate("ana")
    await house.until(lambda: not _is_active(house, ana.id), "Ana has left")
    assert [(await get(each)).status_code for each in (of_ana, of_ben)] == [410, 200]

    await house.move_clock(timedelta(minutes=14))
    assert (await get(of_ben)).content == pdf("Pricing deck")
    await house.move_clock(timedelta(minutes=2))
    over = await get(of_ben)
    assert (over.status_code, "press Open in Slack again" in over.text) == (410, True)
    assert "Pricing" not in over.text


async def test_the_use_in_deals_is_counted_and_what_was_won(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    keep_deal(house, PILOT)
    await shelved(house)
    ana, ben = house.person("ana"), house.person("ben")
    assert "not used in a deal yet" in (await sought(house, "pricing")).text

    modal = await (
        await ana.channel("sales").cards("Pricing deck")[0].click("I'll use it in a deal")
    ).modal_opened()
    assert "Initech – Forecasting pilot (180,000.00 EUR)" in await modal.suggestions(
        "In which deal?", "pilot"
    )
    await fill_in(house, modal, deal="D-1042")
    modal = await (
        await (await sought(house, "pricing")).click("I'll use it in a deal")
    ).modal_opened()
    await fill_in(house, modal, deal="D-1042")

    assert {(each.user, each.about) for each in seen(house, Seen.USED)} == {
        (ana.id, "D-1042"),
        (ben.id, "D-1042"),
    }
    assert "used in 1 deal, 0 won" in (await sought(house, "pricing")).text
    keep_deal(house, _won())
    await house.move_clock(timedelta(hours=2))
    ranking.look_at_deals(house.frontdesk.desk, house.clock.now())
    assert "used in 1 deal, 1 won" in (await sought(house, "pricing")).text
    is_whole(house)


@pytest.mark.prove
async def test_an_update_is_another_version_of_the_same_asset(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await delivered(house)
    ana, mia = house.person("ana"), house.person("mia")
    await personal_link(house, ana.channel("sales").cards("New on the shelf")[0])
    first = shelf(house).versions[0]

    await ask_for_update(house, LINK, "AST-2")
    modal = await (await offering(mia, "Deliver").click("Deliver")).modal_opened()
    assert modal.value("title") == "Initech case study"
    await fill_in(house, modal, use_when="In a first meeting.", whom_for="CFOs")

    assert [each.source for each in shelf(house).versions] == ["AST-1", "AST-2"]
    assert house.refs("mia") == ["SHELF-1"]
    told = offering(ana, "Open")
    assert "which you took, has a new version: 2" in told.text
    assert "New version: Initech case study" in announced(house)[-1].text
    assert "reviewed until" in (await sought(house, "initech")).text
    file = await get(await personal_link(house, told))
    assert file.content == pdf("AST-2 Initech")
    old = await personal_link(house, ana.channel("sales").cards("New on the shelf")[0])
    assert (await get(old)).content == pdf("AST-2 Initech")
    assert first.kept is not None
    assert house.frontdesk.desk.library.read(first.kept.sha256) == pdf("AST-1 Initech")
    page = await (await mia.command("/shelf", "status SHELF-1", channel="sales")).replied()
    shown = await (await page.click("Details")).modal_opened()
    assert "Version 1: " in shown.text
    assert "Version 2: " in shown.text
    is_whole(house)


def _won() -> Deal:
    return Deal(
        ref="D-1042", name="Pilot", account="Initech", stage="won", updated_at=PILOT.updated_at
    )


def _is_active(house: House, user: str) -> bool:
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(user)
    return person is not None and person.active
