"""Roles are bound to Slack ids: no name, title or address that looks like a holder's is enough."""

import pytest

from tests.journeys.house import House, ask_for_sow, decide
from tests.journeys.planted import others_button
from workflows.roles import Role


async def approve(house: House, handle: str) -> str:
    """Press Approve on SOW-1 as somebody; return what they are told."""
    button = await others_button(house, handle, "approve")
    result = await button.click("Press")
    return (await result.replied()).text


@pytest.mark.parametrize(
    "name", ["Ryan Cole", "Ryan\u00a0Cole", "R\u0443an Cole", "Executive", "@ryan"]
)
async def test_two_people_called_like_the_executive(small_house: House, name: str) -> None:
    house = small_house
    impostor = house.workspace.add_person("max", name=name, title="Executive").id
    house.workspace.join("max", "sow-requests")
    await house.until(lambda: is_active(house, impostor), "the bot has met them")
    await ask_for_sow(house.person("ana"), "250,000")
    await house.quiet()

    said = await approve(house, "max")

    assert "no request with this number" in said
    assert house.request("SOW-1").stage == "executive_approval"
    assert house.holders(Role.EXECUTIVE) == {house.person("ryan").id}
    assert not house.person("max").dm_with_bot().cards("SOW-1")


async def test_whoever_takes_the_name_and_the_address_later_takes_no_role(
    small_house: House,
) -> None:
    house, ryan = small_house, small_house.person("ryan")
    mail = "ryan@harborlight.example"
    house.workspace.change_user("ryan", name="Somebody Else", email="other@harborlight.example")
    house.workspace.change_user("leo", name="Ryan Cole", email=mail)
    await house.until(lambda: name_of(house, "leo") == "Ryan Cole", "the names are exchanged")
    await house.quiet()
    await ask_for_sow(house.person("ana"), "250,000")
    await house.quiet()

    said = await approve(house, "leo")

    assert "no request with this number" in said
    assert house.holders(Role.EXECUTIVE) == {ryan.id}
    await decide(await ryan.dm_with_bot().wait_for("SOW-1"), "Approve")
    assert house.request("SOW-1").stage == "acceptance"


async def test_a_role_that_is_lost_between_the_card_and_the_click_is_lost(
    small_house: House,
) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"), "250,000")
    button = await others_button(house, "ryan", "approve")
    house.workspace.change_user("ryan", restricted=True)
    await house.until(lambda: not house.holders(Role.EXECUTIVE), "nobody holds the role")

    result = await button.click("Press")

    assert "members of this workspace only" in (await result.replied()).text
    assert house.request("SOW-1").stage == "executive_approval"
    assert house.audited("SOW-1") == ["submit"]


def is_active(house: House, user: str) -> bool:
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(user)
    return person is not None and person.active


def name_of(house: House, handle: str) -> str:
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(house.person(handle).id)
    return person.name if person else ""
