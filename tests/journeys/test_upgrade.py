"""An upgrade from the first release: everything that was under way goes on, by its old buttons."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from sandbox import Card
from tests.journeys.first_release.laying import (
    lay_postgresql,
    lay_slack,
    lay_sqlite,
    old_buttons,
)
from tests.journeys.house import House, decide, open_house
from tests.journeys.planted import planted

STAGES = {
    "SOW-1": "executive_approval",
    "SOW-2": "large_client_check",
    "SOW-3": "acceptance",
    "SOW-4": "changes_requested",
    "SOW-5": "drafting",
    "SOW-6": "rejected",
    "SOW-7": "cancelled",
    "SOW-8": "acceptance",
    "ASSET-1": "submitted",
    "ASSET-2": "in_triage",
    "ASSET-3": "returned",  # changes_requested, then
    "ASSET-4": "accepted",
    "ASSET-5": "declined",
    "ASSET-6": "cancelled",
}


@asynccontextmanager
async def upgraded(folder: Path, database_url: str = "") -> AsyncIterator[House]:
    """A house in which the first release has run, with the bot of today."""
    lay_slack(folder)
    if database_url:
        await asyncio.to_thread(lay_postgresql, database_url, folder)
    else:
        lay_sqlite(folder)
    async with open_house(folder, "http", database_url) as house:
        await house.quiet()
        yield house


def newest(house: House, handle: str, ref: str, button: str) -> Card:
    cards = house.person(handle).dm_with_bot().cards(ref)
    return [card for card in cards if button in card.buttons][-1]


async def resubmitted(house: House, handle: str, ref: str, **answers: object) -> None:
    """Press the button of the message in which changes were asked for, and hand the form in."""
    opened = await newest(house, handle, ref, "Edit and resubmit").click("Edit and resubmit")
    modal = await opened.modal_opened()
    await modal.fill(**answers)
    result = await modal.submit()
    assert result.closed, (result.errors, modal.text)


async def measured(house: House, beginning: str) -> list[str]:
    """The lines of /metrics that begin so."""
    async with httpx.AsyncClient(trust_env=False) as client:
        text = (await client.get(f"http://127.0.0.1:{house.settings.port}/metrics")).text
    return [line for line in text.splitlines() if line.startswith(beginning)]


async def unexpected(house: House) -> list[str]:
    """The lines of /metrics that count errors that nobody expected."""
    answers = await measured(house, "frontdesk_acknowledgement_seconds_count")
    failed = [line for line in answers if 'outcome="error"' in line]
    return [*failed, *await measured(house, "frontdesk_errors_total{")]


async def test_every_stage_of_the_first_release_goes_on(tmp_path: Path) -> None:
    async with upgraded(tmp_path) as house:
        assert {ref: house.request(ref).stage for ref in STAGES} == STAGES
        assert house.frontdesk.database.verify_audit() == []
        assert len(house.person("dian").dm_with_bot().cards("SOW-8: ")) == 1  # promised then
        assert not house.person("adam").dm_with_bot().cards("cannot go on")

        await decide(newest(house, "ryan", "SOW-1", "Approve"), "Approve")
        await decide(newest(house, "ryan", "SOW-2", "Clear the mark"), "Clear the mark")
        for ref in ("SOW-3", "SOW-8"):
            await decide(newest(house, "dian", ref, "Accept"), "Accept")
        await resubmitted(house, "ana", "SOW-4", need="Everything about the scope.")
        page = await newest(house, "dian", "SOW-5", "Details").click("Details")
        assert "[Draft]" in (await page.modal_opened()).text
        await house.quiet()

        moved = {"SOW-1": "acceptance", "SOW-2": "acceptance", "SOW-3": "drafting"}
        moved |= {"SOW-4": "acceptance", "SOW-5": "drafting", "SOW-8": "drafting"}
        assert {ref: house.request(ref).stage for ref in moved} == moved
        assert await unexpected(house) == []
        assert house.frontdesk.database.verify_audit() == []
        assert house.backlog.dead == 0


async def test_assets_of_the_first_release_go_on_under_their_old_numbers(tmp_path: Path) -> None:
    async with upgraded(tmp_path) as house:
        sol, ben = house.person("sol"), house.person("ben")
        agenda = await (await sol.command("/asset", "triage")).replied()
        assert "1. ASSET-1" in agenda.text
        assert "2. ASSET-2" in agenda.text
        status = await (await ben.command("/asset", "status asset-4")).replied()
        assert status.text.startswith("ASSET-4: ")

        owner = house.person("mia").id
        accept = newest(house, "sol", "ASSET-1", "Accept and assign")
        await decide(accept, "Accept and assign", owner=owner, due_on="2027-01-20")
        await decide(newest(house, "sol", "ASSET-2", "Decline"), "Decline", "Not now.")
        await resubmitted(house, "ben", "ASSET-3", purpose="For Initech's board.")
        await decide(newest(house, "mia", "ASSET-4", "Start"), "Start")
        await house.quiet()

        moved = {"ASSET-1": "accepted", "ASSET-2": "declined", "ASSET-3": "submitted"}
        moved |= {"ASSET-4": "in_development"}
        assert {ref: house.request(ref).stage for ref in moved} == moved
        assert house.audited("ASSET-3") == [
            *("submit", "request_changes", "moved_by_an_upgrade", "resubmit")
        ]
        assert await unexpected(house) == []
        assert house.frontdesk.database.verify_audit() == []

        versions = {ref: house.request(ref).version for ref in STAGES}
        await house.restart()
        await house.quiet()
        assert {ref: house.request(ref).version for ref in STAGES} == versions
        assert house.backlog.dead == 0


@pytest.mark.prove
async def test_every_button_that_was_posted_works_or_gets_a_sentence(tmp_path: Path) -> None:
    lay_slack(tmp_path)
    buttons = old_buttons(tmp_path)
    assert len(buttons) > 40
    async with upgraded(tmp_path) as house:
        for handle, action_id, value in sorted(buttons):
            pressed = await planted(house, handle, action_id, value)
            await pressed.click("Press")
        await house.quiet()

        assert await unexpected(house) == []
        clicks = 'frontdesk_acknowledgement_seconds_count{gesture="click",'
        outcomes = {line.rpartition(" ")[0] for line in await measured(house, clicks)}
        assert outcomes == {f'{clicks}outcome="ok"}}', f'{clicks}outcome="refused"}}'}
        assert sum(float(line.split()[-1]) for line in await measured(house, clicks)) == len(
            buttons
        )
        for handle in {each for each, _, _ in buttons}:
            seen = house.workspace.channel("sow-requests", viewer=handle).everything
            assert not [each for each in seen if "Something went wrong" in each.text]
        assert house.frontdesk.database.verify_audit() == []
        assert house.backlog.dead == 0


@pytest.mark.prove
async def test_the_same_rows_in_postgresql_go_on(tmp_path: Path, postgres_url: str) -> None:
    async with upgraded(tmp_path, postgres_url) as house:
        assert {ref: house.request(ref).stage for ref in STAGES} == STAGES
        await decide(newest(house, "dian", "SOW-3", "Accept"), "Accept")
        await resubmitted(house, "ben", "ASSET-3", purpose="For Initech's board.")
        await house.quiet()

        assert house.request("SOW-3").stage == "drafting"
        assert house.request("ASSET-3").stage == "submitted"
        assert await unexpected(house) == []
        assert house.frontdesk.database.verify_audit() == []
        assert house.backlog.dead == 0
