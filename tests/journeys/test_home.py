"""The Home tab: what waits for me, what is mine, and how both follow what is decided."""

from dataclasses import replace
from pathlib import Path

from bot import parcels
from bot.desk import Gesture
from bot.ports import Draft
from sandbox import Home
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_sow, decide, open_house


async def home_of(house: House, handle: str) -> Home:
    home = await house.person(handle).open_home()
    return await home.wait_for_text("Ask for something")


def waiting(home: Home) -> str:
    """What stands under "Waiting for you"."""
    return home.text.partition("Your requests")[0]


async def test_the_home_tab_follows_a_request(house: House) -> None:
    mine, dians = await home_of(house, "ana"), await home_of(house, "dian")
    assert "Nothing waits for you" in dians.text

    await ask_for_sow(house.person("ana"))

    await dians.wait_for_text("SOW-1")
    assert "SOW-1" in waiting(dians)
    await mine.wait_for_text("waiting for @Dian Porter")
    assert "SOW-1" not in waiting(mine)
    await decide(await house.person("dian").dm_with_bot().wait_for("SOW-1"), "Accept")
    await mine.wait_for_text("Drafting")


async def test_the_home_tab_of_a_colleague_follows_too(tmp_path: Path) -> None:
    config = company(tmp_path, executive=["ryan", "greta"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        greta = await home_of(house, "greta")
        await ask_for_sow(house.person("ana"), "250,000")
        await greta.wait_for_text("SOW-1")

        card = await house.person("ryan").dm_with_bot().wait_for("SOW-1")
        await decide(card, "Approve")

        await greta.wait_for_text("Nothing waits for you")


async def test_a_request_is_decided_from_its_page_in_the_home_tab(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    dians = await home_of(small_house, "dian")
    await dians.wait_for_text("SOW-1")

    page = await (await dians.click("Details")).modal_opened()
    await page.click("Accept")

    await page.wait_for_text("Drafting")
    assert "Accept" not in page.buttons
    await dians.wait_for_text("Drafting since")
    assert small_house.request("SOW-1").stage == "drafting"


async def test_a_click_in_a_page_that_comes_too_late_is_answered_on_it(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    dian = small_house.person("dian")
    card = await dian.dm_with_bot().wait_for("SOW-1")
    page = await (await card.click("Details")).modal_opened()
    await decide(card, "Accept")

    result = await page.click("Accept")

    modal = await result.modal_opened()
    await modal.wait_for_text("already accepted for drafting by @Dian Porter")


async def test_a_guest_finds_a_sentence_and_is_not_remembered(small_house: House) -> None:
    gus = small_house.person("gus")
    home = await (await gus.open_home()).wait_for_text("members of this workspace only")

    assert "Ask for something" not in home.text
    with small_house.frontdesk.database.unit() as unit:
        assert unit.cards.among("home", [f"home:{gus.id}"]) == []


async def test_a_form_for_a_request_that_moved_on_is_not_offered(small_house: House) -> None:
    ana = small_house.person("ana")
    await ask_for_sow(ana)
    request = small_house.request("SOW-1")
    typed = Draft(
        id="D1",
        user=ana.id,
        form="sow",
        workflow="sow",
        transition="resubmit",
        ref="SOW-1",
        step=request.step,
        state={"client": "Still good"},
        at=small_house.clock.now(),
    )
    with small_house.frontdesk.database.unit() as unit:
        unit.drafts.save(typed)
        unit.drafts.save(
            replace(typed, id="D2", step=request.step - 1, state={"client": "Overtaken"})
        )
        unit.commit()

    home = await home_of(small_house, "ana")

    assert "Still good" in home.text
    assert "Overtaken" not in home.text


async def test_an_open_page_says_so_when_its_reader_may_not_see_it_any_more(
    small_house: House,
) -> None:
    await ask_for_sow(small_house.person("ana"))
    dians = await home_of(small_house, "dian")
    await dians.wait_for_text("SOW-1")
    page = await (await dians.click("Details")).modal_opened()
    desk, dian = small_house.frontdesk.desk, small_house.person("dian")
    with desk.store.unit() as unit:
        request = unit.requests.get("SOW-1")
        known = unit.people.get(dian.id)
        assert request is not None
        assert known is not None
        unit.people.put(replace(known, active=False))
        reader = Gesture(user=dian.id, team=known.team, surface="modal")
        unit.outbox.add(parcels.page(request, page.view.id, reader, desk.clock.now()))
        unit.commit()
    desk.wake()

    await page.wait_for_text("Frontdesk works for members of this workspace only.")
    await small_house.quiet()
    assert small_house.backlog.dead == 0


async def test_only_admins_see_the_part_for_admins(small_house: House) -> None:
    assert "Everything was delivered" in (await home_of(small_house, "adam")).text
    assert "For admins" not in (await home_of(small_house, "ana")).text
