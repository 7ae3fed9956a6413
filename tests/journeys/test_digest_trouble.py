"""What cannot be told, or need not be, takes nothing with it of what is to be told that day."""

from pathlib import Path

import pytest

from bot.ports import Parcel
from sandbox import Modal
from tests.journeys.house import House, ask_for_sow, decide
from tests.journeys.reaching import at, choose, heard, quiet_house, said

NEWS, PILE = "news for you", "things wait for you"


async def page_of(house: House, ref: str) -> Modal:
    """Open the page of Ana's request by its newest card."""
    card = house.person("ana").dm_with_bot().cards(f"{ref}: ")[-1]
    return await (await card.click("Details")).modal_opened()


async def put_on_hold(house: House, ref: str) -> None:
    """Let Ana put one of her requests on hold."""
    modal = await (await (await page_of(house, ref)).click("Put on hold")).modal_opened()
    await modal.fill(reason="Their budget is open.")
    assert (await modal.submit()).closed
    await house.quiet()


async def two_on_hold(house: House) -> None:
    """Let Dian, who wants news in a digest, draft two requests that are put on hold."""
    await house.set_clock(at(23, 10))
    await choose(house, "dian", followed="digest")
    for ref in ("SOW-1", "SOW-2"):
        await ask_for_sow(house.person("ana"))
        await house.quiet()
        await decide(house.person("dian").dm_with_bot().cards(f"{ref}: ")[-1], "Accept")
        await house.quiet()
        await put_on_hold(house, ref)


def states(house: House, ref: str) -> dict[str, str]:
    """What has become of Dian's copies of a request and her news of it, by key."""
    dian = f"user:{house.person('dian').id}"
    found = house.frontdesk.database.post_office.about(ref)
    news = [each for each in found if each.parcel.kind in ("card", "notice")]
    return {each.parcel.key: each.state for each in news if each.parcel.address == dian}


async def test_a_card_that_is_moot_by_then_keeps_no_news_from_the_digest(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await two_on_hold(house)
        # Her copy for the stage "on hold" of SOW-1 is gathered, and needless once it goes on.
        page = await page_of(house, "SOW-1")
        await page.click("Go on")
        await house.quiet()
        assert house.request("SOW-1").stage == "drafting"
        assert "due" in states(house, "SOW-1").values()
        assert await heard(house, "dian", NEWS) == []

        assert await said(house, "dian", at(24, 9), NEWS) == 1
        [digest] = await heard(house, "dian", NEWS)
        assert "SOW-2: Globex" in digest.text
        assert "SOW-1" not in digest.text
        for ref in ("SOW-1", "SOW-2"):
            assert set(states(house, ref).values()) == {"sent"}
        assert house.backlog.dead == 0


async def test_what_cannot_be_told_is_given_up_alone_and_an_admin_hears_of_it(
    tmp_path: Path,
) -> None:
    async with quiet_house(tmp_path) as house:
        await two_on_hold(house)
        unreadable = Parcel(
            key="notice:SOW-1:of-another-release",
            kind="notice",
            address=f"user:{house.person('dian').id}",
            payload={"ref": "SOW-1", "name": "hold"},
            due=house.clock.now(),
        )
        with house.frontdesk.database.unit() as unit:
            unit.outbox.add(unreadable)
            unit.commit()
        house.frontdesk.bell.ring()
        await house.quiet()

        assert await said(house, "dian", at(24, 9), NEWS) == 1
        [digest] = await heard(house, "dian", NEWS)
        assert "SOW-2: Globex" in digest.text
        [letter] = await heard(house, "adam", "could not be delivered")
        assert "Send again" in letter.buttons
        became = states(house, "SOW-1")
        assert became.pop(unreadable.key) == "dead"
        assert set(became.values()) == {"sent"}
        assert house.backlog.dead == 1
        assert await said(house, "dian", at(25, 12), NEWS) == 1


@pytest.mark.parametrize("code", ["message_not_found", "edit_window_closed"])
async def test_how_much_waits_is_said_anew_when_that_message_is_gone(
    tmp_path: Path, code: str
) -> None:
    async with quiet_house(tmp_path, "most_pings = 1") as house:
        await house.set_clock(at(23, 10))
        for _ in range(2):
            await ask_for_sow(house.person("ana"))
            await house.quiet()
        [first] = await heard(house, "dian", PILE)
        assert "2 things wait for you" in first.text

        # In the sandbox it stands there still; to the bot Slack says that it does not.
        house.workspace.faults.fail("chat.update", code, channel="dian")
        await ask_for_sow(house.person("ana"))
        assert len(await heard(house, "dian", PILE)) == 2
        [anew] = await heard(house, "dian", "3 things wait for you")

        # From then on that one is the message of the day.
        await ask_for_sow(house.person("ana"))
        assert len(await heard(house, "dian", PILE)) == 2
        assert "4 things wait for you" in anew.text
        assert house.backlog.dead == 0
