"""Somebody of another company shares a channel with the bot: every door is shut to them."""

import asyncio

import pytest

from bot import form_opening, intake
from bot.desk import Gesture
from bot.errors import UnknownPerson
from modals.metadata import Metadata
from tests.journeys.house import House, ask_for_asset, ask_for_sow, sow_form
from tests.journeys.planted import planted

MEMBERS_ONLY = "Frontdesk works for members of this workspace only."


async def eve_of_initech(house: House) -> str:
    """Let Eve of Initech into a channel that the bot is in, and let the bot learn of her."""
    eve = house.workspace.add_person("eve", name="Eve Moss", team="Initech").id
    house.workspace.add_channel("initech", ["ana", "eve"], shared=True)
    house.workspace.invite_bot_to("initech")
    await house.until(lambda: is_known(house, eve), "Eve is known")
    return eve


def is_known(house: House, user: str) -> bool:
    with house.frontdesk.database.unit() as unit:
        return unit.people.get(user) is not None


async def test_a_strangers_command_opens_nothing(small_house: House) -> None:
    await eve_of_initech(small_house)

    result = await small_house.person("eve").command("/sow", channel="initech")

    assert (await result.replied()).text == MEMBERS_ONLY
    assert result.modal is None


async def test_a_strangers_click_decides_and_shows_nothing(small_house: House) -> None:
    await eve_of_initech(small_house)
    await ask_for_sow(small_house.person("ana"))
    button = await planted(small_house, "eve", "details", '{"v":1,"ref":"SOW-1"}', "initech")

    result = await button.click("Press")

    assert (await result.replied()).text == MEMBERS_ONLY
    assert result.modal is None
    assert small_house.audited("SOW-1") == ["submit"]


@pytest.mark.parametrize("claimed_team", ["theirs", "ours"])
async def test_a_strangers_form_is_not_taken(small_house: House, claimed_team: str) -> None:
    eve = await eve_of_initech(small_house)
    modal = await sow_form(small_house.person("ana"))
    ours = small_house.workspace.team_id
    team = ours if claimed_team == "ours" else small_house.person("eve").record.team
    gesture = Gesture(user=eve, team=team, surface="modal", key="view:eve")
    metadata = Metadata.decode(str(modal.view.body["private_metadata"]))
    submission = intake.Submission(view_id="VEVE", metadata=metadata, values={})

    with pytest.raises(UnknownPerson):
        await asyncio.to_thread(intake.hand_in, small_house.frontdesk.desk, gesture, submission)

    assert small_house.refs("eve") == []
    assert small_house.drafts("eve") == []


async def test_a_stranger_cannot_be_made_an_owner(small_house: House) -> None:
    await eve_of_initech(small_house)
    await ask_for_asset(small_house.person("ben"))
    sol = small_house.person("sol").dm_with_bot()
    card = await sol.wait_for("AST-1")

    modal = await (await card.click("Accept and assign")).modal_opened()

    offered = modal.options("Who owns it?")
    assert any("Mia Tanaka" in each for each in offered)
    assert not any("Eve Moss" in each for each in offered)


async def test_slack_is_asked_once_about_somebody_it_does_not_know(small_house: House) -> None:
    small_house.workspace.add_person("eve", name="Eve Moss", team="Initech")
    calls = small_house.workspace.calls
    await small_house.until(lambda: calls.of("users.info"), "Slack was asked about Eve")
    await small_house.quiet()
    small_house.workspace.faults.fail("users.info", "user_not_found", times=None)
    ghost = Gesture(user="U0GHOST000", team="T0INITECH", surface="button")
    asked = len(calls.of("users.info"))

    for _ in range(3):
        with pytest.raises(UnknownPerson):
            await asyncio.to_thread(
                form_opening.open_new,
                small_house.frontdesk.desk,
                ghost,
                small_house.frontdesk.desk.workflows["sow"],
            )
        await small_house.quiet()

    assert len(calls.of("users.info")) == asked + 1
    with small_house.frontdesk.database.unit() as unit:
        person = unit.people.get(ghost.user)
    assert person is not None
    assert (person.name, person.active) == ("unknown", False)
