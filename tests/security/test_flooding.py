"""One person who clicks without end stands in nobody's way, and is told so once."""

import asyncio
from pathlib import Path

from handlers.flooding import TooFast, TooMuchSaid
from sandbox.delivery.outcome import INTERACTIONS, Parcel
from tests.journeys.house import House, ask_for_sow, fill_sow, open_house, sow_form
from tests.journeys.planted import planted
from tests.security.wire import Wire


def clicks(house: House, parcel: Parcel, count: int) -> set[tuple[int, str]]:
    """Send one click so often; return what came back."""
    with Wire(house) as wire:
        answers = [wire.slack(parcel) for _ in range(count)]
    return {(each.status_code, each.text) for each in answers}


async def test_of_a_thousand_clicks_one_refusal_is_shown_and_others_go_on(tmp_path: Path) -> None:
    async with open_house(tmp_path, "http", gestures=30) as house:
        ana, dian = house.person("ana"), house.person("dian")
        await ask_for_sow(ana)
        await house.quiet()
        button = await planted(house, "ana", "do:accept", '{"v":1,"ref":"SOW-1","step":1}')
        for _ in range(60):  # each with an address of its own for the answer
            await button.click("Press")
        [click] = house.workspace.deliveries.of("block_actions")[-1:]

        parcel = Parcel(INTERACTIONS, click.payload)
        answered = await asyncio.to_thread(clicks, house, parcel, 940)

        assert answered == {(200, "")}
        await house.until(lambda: told(house) == 1, "it was said")
        assert house.audited("SOW-1") == ["submit", "refused"]
        card = await dian.dm_with_bot().wait_for("SOW-1")
        await card.click("Accept")
        assert house.request("SOW-1").stage == "drafting"
        assert told(house) == 1


def told(house: House) -> int:
    """Return how often Ana was told to slow down."""
    return [each.text for each in house.person("ana").ephemerals].count(str(TooFast()))


async def test_a_form_stays_open_with_what_was_typed(tmp_path: Path) -> None:
    async with open_house(tmp_path, "http", gestures=30) as house:
        ana = house.person("ana")
        modal = await sow_form(ana)
        await fill_sow(modal)
        for _ in range(60):
            await ana.command("/requests")

        result = await modal.submit()

        assert not result.closed
        assert str(TooFast()) in modal.text
        assert house.refs("ana") == []


async def test_of_a_flood_of_messages_some_are_answered_and_one_sentence_is_said(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, "http", gestures=20) as house:
        ana, ben = house.person("ana"), house.person("ben")
        for nth in range(12):
            await ana.dm(f"I need a SOW for Client{nth}, 250k")
        for nth in range(3):
            await ana.say("sales", f"@frontdesk I need a deck for Other{nth}")
        await house.until(
            lambda: all(each.acknowledged for each in house.workspace.deliveries.of("message")),
            "all of it has come",
        )
        await ana.dm_with_bot().wait_for(str(TooMuchSaid()))
        await house.quiet()

        said = [each.text for each in ana.dm_with_bot().everything]
        assert said.count(str(TooMuchSaid())) == 1
        kept = str([each.full for each in house.drafts("ana")])
        heard = [nth for nth in range(12) if f"Client{nth}," in kept]  # they come in any order
        assert 0 < len(heard) < 12
        await ben.dm("I need a SOW for Globex, 250k")
        await house.until(lambda: bool(house.drafts("ben")), "others are heard")
        assert house.backlog.dead == 0
