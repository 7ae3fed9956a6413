"""Many people at once: exactly one of them decides, and the others are told who it was."""

import asyncio
from pathlib import Path

from tests.journeys.company import company
from tests.journeys.house import House, ask_for_sow, decide, open_house

EXECUTIVES = ["ryan", "greta", "hugo", "priya", "leo"]


async def test_twenty_clicks_at_once_are_one_decision(tmp_path: Path) -> None:
    config = company(tmp_path, executive=EXECUTIVES)
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        await ask_for_sow(house.person("ana"), "250,000")
        await house.quiet()
        cards = {
            handle: house.person(handle).dm_with_bot().cards("SOW-1: ")[-1].as_seen_now()
            for handle in EXECUTIVES
        }

        results = await asyncio.gather(
            *(cards[handle].click("Approve") for handle in EXECUTIVES for _ in range(4))
        )

        assert all(result.acknowledged for result in results)
        assert house.audited("SOW-1") == ["submit", "approve"]
        request = house.request("SOW-1")
        assert (request.stage, request.version, len(request.votes)) == ("acceptance", 2, 1)
        winner = house.workspace.person(request.votes[0].user)
        await house.quiet()
        await told_by_all_but_one(house, winner.name)
        assert len(house.person("dian").dm_with_bot().cards("SOW-1: ")) == 1
        assert len(house.person("ana").dm_with_bot().cards("approved SOW-1")) == 1
        copies = [
            house.workspace.channel("sow-requests").messages[0],
            *(house.person(each).dm_with_bot().messages[0] for each in ("ana", *EXECUTIVES)),
        ]
        for copy in copies:
            assert "Waiting for the sales assistant" in copy.text
            assert copy.buttons == ["Details"]


async def told_by_all_but_one(house: House, winner: str) -> None:
    """Wait until nineteen clicks were answered, each naming who had decided."""

    def answers() -> list[str]:
        return [card.text for handle in EXECUTIVES for card in house.person(handle).ephemerals]

    await house.until(lambda: len(answers()) == 19, "nineteen people were told")
    assert all(f"SOW-1 was already approved by @{winner}" in said for said in answers())


async def test_opposite_decisions_at_once_are_one_decision(tmp_path: Path) -> None:
    config = company(tmp_path, sales_assistant=["dian", "greta"])
    async with open_house(tmp_path, "socket", FRONTDESK_CONFIG=config) as house:
        await ask_for_sow(house.person("ana"))
        await house.quiet()
        dian, greta = (
            house.person(handle).dm_with_bot().cards("SOW-1: ")[-1] for handle in ("dian", "greta")
        )
        modal = await (await greta.click("Reject")).modal_opened()
        await modal.fill(reason="Too small for us.")

        await asyncio.gather(dian.click("Accept"), modal.submit())

        assert house.request("SOW-1").stage in ("drafting", "rejected")
        assert len(house.audited("SOW-1")) == 2
        await house.quiet()
        said = [card.text for card in house.person("ana").dm_with_bot().cards("SOW-1 (")]
        assert len(said) == 1


async def test_many_ask_at_once_and_every_request_has_its_number(small_house: House) -> None:
    handles = ["ana", "ben", "mia", "sol", "priya", "leo", "greta", "hugo"]

    await asyncio.gather(*(ask_for_sow(small_house.person(handle)) for handle in handles))

    refs = {ref for handle in handles for ref in small_house.refs(handle)}
    assert refs == {f"SOW-{number}" for number in range(1, 9)}
    await small_house.quiet()
    channel = small_house.workspace.channel("sow-requests")
    assert len(channel.cards("asked for a Statement of Work")) == 8


async def test_requests_are_worked_off_side_by_side(small_house: House) -> None:
    for _ in range(3):
        await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    dian = small_house.person("dian").dm_with_bot()

    await asyncio.gather(
        *(decide(dian.cards(f"SOW-{number}: ")[-1], "Accept") for number in (1, 2, 3))
    )

    for number in (1, 2, 3):
        assert small_house.request(f"SOW-{number}").stage == "drafting"
